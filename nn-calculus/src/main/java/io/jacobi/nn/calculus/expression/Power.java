package io.jacobi.nn.calculus.expression;

/** xᵖ with a constant p. */
public record Power(double exponent) implements Function {

    @Override
    public String symbol() {
        return "power";
    }

    @Override
    public double apply(double x) {
        if (x == Double.NEGATIVE_INFINITY && !Powers.isInteger(exponent)) {
            return Double.NaN; // as for every other negative number; Math.pow has 0 or infinity
        }
        // these forms are exact where Math.pow rounds, and are the ones that a programmer would write
        return exponent == 2 ? x * x : exponent == -1 ? 1 / x : exponent == 0.5 ? Math.sqrt(x) : Math.pow(x, exponent);
    }

    @Override
    public Expression derivative(Expression u) {
        return u.power(exponent - 1).times(exponent);
    }
}
