package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.notation.Variables;

/**
 * Differentiates formulas.
 *
 * <pre>{@code
 * Calculus.derive("x' * A * x", "x")                      // A*x + A'*x
 * Calculus.derive("x_i A_ij x_j", "x").steps()            // rule by rule
 * Calculus.hessian("x' * A * x", "x")                     // A + A'
 * }</pre>
 *
 * For the notation, and what is inferred about undeclared names, see docs/matrix-calculus.md.
 */
public final class Calculus {

    private Calculus() {}

    /**
     * The derivative of a formula with respect to one of its variables.
     *
     * @throws io.jacobi.nn.calculus.notation.SyntaxException if the formula cannot be read; the message points at the
     *     column
     * @throws IllegalArgumentException if the formula has no such variable
     */
    public static Derivation derive(String formula, String variable) {
        return Formula.parse(formula).derive(variable);
    }

    /** The derivative of a formula with declarations for the variables whose kinds do not follow from the formula. */
    public static Derivation derive(String formula, String variable, Variables variables) {
        return Formula.parse(formula, variables).derive(variable);
    }

    /**
     * The second derivative of a formula whose value is a number, with respect to one of its variables.
     *
     * @throws IllegalArgumentException as for {@link #derive}, and if the value of the formula is not a number
     */
    public static Formula hessian(String formula, String variable) {
        return Formula.parse(formula).hessian(variable);
    }
}
