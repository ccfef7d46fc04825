/** Calculus one number at a time: what vectorized derivatives are checked against, and a way to learn them. */
@NullMarked
package io.jacobi.nn.scalar;

import org.jspecify.annotations.NullMarked;
