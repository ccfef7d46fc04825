package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products of one step of arrays {@code [rows, steps, columns]}, such as a batch of sequences. Nothing is copied
 * and no view is made: one step A[:, t, :] is a matrix [rows, columns] whose rows lie steps · columns elements apart.
 * BLAS calls that distance the leading dimension. The product of all steps is one of {@link MatMul}.
 *
 * <p>The name of a method says which factor is transposed and whether the product is added to C, as in {@link MatMul}.
 * All methods have the same arguments: {@code s}, the scratch of the pass; {@code a} and {@code b}, the factors A and
 * B; {@code c}, the result C; {@code stepA} and {@code stepC}, the steps of A and C that are meant, from 0. A and C may
 * differ in their number of steps. They may be one array if the steps differ; otherwise C must not overlap A or B.
 * Arrays that do not fit are an {@link IllegalArgumentException}, a step that does not exist is an
 * {@link IndexOutOfBoundsException}.
 */
public final class StridedMatMul {

    private StridedMatMul() {}

    /** C[:, stepC, :] = A[:, stepA, :] B: A is [rows, steps, k], B is [k, n], C is [rows, steps, n]. */
    public static void ab(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, stepA, b, false, 0, c, stepC);
    }

    /** C[:, stepC, :] += A[:, stepA, :] B: A is [rows, steps, k], B is [k, n], C is [rows, steps, n]. */
    public static void addAb(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, stepA, b, false, 1, c, stepC);
    }

    /** C[:, stepC, :] += A[:, stepA, :] Bᵀ: A is [rows, steps, k], B is [n, k], C is [rows, steps, n]. */
    public static void addAbT(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, stepA, b, true, 1, c, stepC);
    }

    private static void gemm(
            Scratch s, INDArray a, int stepA, INDArray b, boolean transposeB, double beta, INDArray c, int stepC) {
        requireStep(a, stepA);
        requireStep(c, stepC);
        // BLAS would read past the end of an array that is too short and crash the JVM
        boolean fit = a.rank() == 3
                && b.rank() == 2
                && c.rank() == 3
                && a.size(0) == c.size(0)
                && a.size(2) == b.size(transposeB ? 1 : 0)
                && c.size(2) == b.size(transposeB ? 0 : 1)
                && a.dataType() == b.dataType()
                && a.dataType() == c.dataType();
        if (!fit) {
            throw new IllegalArgumentException("Matrices do not fit: a step of " + describe(a) + " times " + describe(b)
                    + (transposeB ? "ᵀ" : "") + " into a step of " + describe(c)
                    + "\n  expected [rows, steps, k] times [k, n] into [rows, steps, n], all of one data type");
        }
        Span from = s.span(a);
        Span to = s.span(c);
        // ints are enough, because a Span is shorter than 2^31
        int m = (int) a.size(0);
        int n = (int) c.size(2);
        int k = (int) a.size(2);
        Cursors at = s.cursors();
        Blas.gemm(
                s,
                from.isFloat(),
                false,
                transposeB,
                m,
                n,
                k,
                at.a(from, stepA * k),
                (int) a.size(1) * k,
                s.span(b).pointer(),
                transposeB ? k : n,
                beta,
                at.c(to, stepC * n),
                (int) c.size(1) * n);
    }

    private static void requireStep(INDArray array, int step) {
        if (array.rank() == 3 && (step < 0 || step >= array.size(1))) {
            throw new IndexOutOfBoundsException("step " + step + " of an array " + Arrays.toString(array.shape())
                    + "\n  expected 0 to " + (array.size(1) - 1));
        }
    }

    private static String describe(INDArray array) {
        return array.dataType() + " " + Arrays.toString(array.shape());
    }
}
