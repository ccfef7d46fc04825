/**
 * Every layer's forward pass once more, one number after another, from its paper's formula and without a line of the layer: what
 * gradient checks differentiate by {@link io.jacobi.nn.scalar.Scalar} and {@link io.jacobi.nn.scalar.Dual}.
 */
@NullMarked
package io.jacobi.nn.layers.check;

import org.jspecify.annotations.NullMarked;
