/** Expressions in index notation, their derivatives and their simplification, independent of syntax and of values. */
@NullMarked
package io.jacobi.nn.calculus.expression;

import org.jspecify.annotations.NullMarked;
