package io.jacobi.nn.calculus.expression;

/** A differentiable function of one number. */
public sealed interface Function permits ElementFunction, Power {

    /** The name in formulas. */
    String symbol();

    /** f(x). */
    double apply(double x);

    /** f′(u), element by element. */
    Expression derivative(Expression u);
}
