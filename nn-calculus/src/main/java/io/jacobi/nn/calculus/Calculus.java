package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.notation.Variables;

/**
 * Derivatives of formulas.
 *
 * <pre>{@code
 * Calculus.derive("x' * A * x", "x")                      // A*x + A'*x
 * Calculus.derive("x_i A_ij x_j", "x").steps()            // rule by rule
 * Calculus.hessian("x' * A * x", "x")                     // A + A'
 * }</pre>
 *
 * What is inferred, and the notation: docs/matrix-calculus.md.
 */
public final class Calculus {

    private Calculus() {}

    /**
     * The derivative of a formula by one of its variables.
     *
     * @throws io.jacobi.nn.calculus.notation.SyntaxException if it cannot be read; the message points at the column
     * @throws IllegalArgumentException if it has no such variable
     */
    public static Derivation derive(String formula, String variable) {
        return Formula.parse(formula).derive(variable);
    }

    /** The same, for names that the formula does not tell enough about. */
    public static Derivation derive(String formula, String variable, Variables variables) {
        return Formula.parse(formula, variables).derive(variable);
    }

    /**
     * The second derivative of a number by one of its variables.
     *
     * @throws IllegalArgumentException as for {@link #derive}; and if the formula is not a number
     */
    public static Formula hessian(String formula, String variable) {
        return Formula.parse(formula).hessian(variable);
    }
}
