/** Expressions in index notation, their derivatives and their simplification. Knows no syntax and no numbers. */
@NullMarked
package io.jacobi.nn.calculus.expression;

import org.jspecify.annotations.NullMarked;
