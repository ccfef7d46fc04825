/**
 * The kernels: the only code that touches native memory or calls BLAS. Layers, losses and optimizers are written in
 * terms of them.
 *
 * <pre>
 * MatMul.ab(s, a, b, c)                         C = A B, also with a factor transposed or added to C
 * StridedMatMul.ab(s, a, stepA, b, c, stepC)    C = A B for one step of a batch of sequences, or for all
 * PlacedMatMul.of(a, b, c)                      C = A B of matrices inside larger arrays, prepared once
 *     .ab(s, a, aAt, b, bAt, c, cAt)
 * Elementwise.map(s, a, y, f)                   y = f(a), and y = f(a, b)
 * Vectors.addScaled(s, scale, x, y)             y += scale · x, and other passes over whole arrays: fill, copy, scale
 * Rows.fill(s, row, y)                          each row of y = row
 * Rows.addSum(s, y, row)                        row += the sum of the rows of y
 * Channels.fill, Channels.addSum                the like for one number per channel of images
 * Reductions.sumOfSquares(s, a)                 Σ a²
 * Strides.copy(s, sizes, a, aStrides, c, cStrides)   transposes, diagonals, repeats, and sums of products by strides
 * Im2col.unfold(s, x, at, columns)              an image as the matrix of its windows, and back: fold
 * </pre>
 *
 * <p>The first argument of a kernel, {@code s}, is the {@link io.jacobi.nn.math.Scratch} of the pass. Arguments that
 * are read come next, and the array that is written comes last. Names of methods that start with {@code add} add to
 * that array; all others overwrite it. A matrix product must not write one of its factors; element-wise kernels may
 * write one of their arguments. Arrays are dense, in 'c' order, and hold floats or doubles; the arrays of one call have
 * one data type. No kernel allocates anything native.
 *
 * <p>For a loop of one's own over elements, {@link io.jacobi.nn.math.Scratch} shows how to work tile by tile.
 */
@NullMarked
package io.jacobi.nn.math;

import org.jspecify.annotations.NullMarked;
