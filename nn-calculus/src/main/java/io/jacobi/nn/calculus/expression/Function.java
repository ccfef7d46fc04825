package io.jacobi.nn.calculus.expression;

/** A function of one number that knows its derivative. */
public sealed interface Function permits ElementFunction, Power {

    /** The name in formulas. */
    String symbol();

    /** f(x). */
    double apply(double x);

    /** f′(u), element by element. */
    Expression derivative(Expression u);
}
