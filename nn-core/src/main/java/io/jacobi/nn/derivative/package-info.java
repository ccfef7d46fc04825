/** Derivatives of a model with respect to its input and its weights, and of its loss to second order. */
@NullMarked
package io.jacobi.nn.derivative;

import org.jspecify.annotations.NullMarked;
