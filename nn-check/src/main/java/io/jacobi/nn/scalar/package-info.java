/** Calculus one number at a time: a reference for vectorized derivatives, and a way to learn them. */
@NullMarked
package io.jacobi.nn.scalar;

import org.jspecify.annotations.NullMarked;
