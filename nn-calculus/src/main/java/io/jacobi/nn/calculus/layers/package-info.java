/** The layers as formulas: what each computes, written down, so that its backward pass can be derived and proved. */
@NullMarked
package io.jacobi.nn.calculus.layers;

import org.jspecify.annotations.NullMarked;
