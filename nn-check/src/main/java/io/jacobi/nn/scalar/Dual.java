package io.jacobi.nn.scalar;

import io.jacobi.nn.math.ErrorFunction;

/**
 * A number and its rate of change: forward-mode automatic differentiation.
 *
 * <pre>
 * a + a'ε,   ε² = 0:     f(a + a'ε) = f(a) + f'(a) a'ε
 * </pre>
 *
 * If the inputs have the tangents of a direction v, every result has its derivative in that direction: one pass gives J
 * v, a Jacobian-vector product, whereas {@link Scalar} gives uᵀ J.
 *
 * <pre>{@code
 * Dual x = new Dual(3, 1);
 * x.times(x).plus(x).tangent();      // d(x² + x)/dx = 7
 * }</pre>
 *
 * <p>Source: Clifford 1873; Wengert 1964.
 *
 * @param value a
 * @param tangent a', the derivative in the direction of the inputs' tangents
 */
public record Dual(double value, double tangent) implements Real<Dual> {

    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    @Override
    public Dual self() {
        return this;
    }

    @Override
    public Dual constant(double c) {
        return new Dual(c, 0);
    }

    @Override
    public Dual plus(Dual b) {
        return new Dual(value + b.value, tangent + b.tangent);
    }

    @Override
    public Dual times(Dual b) {
        // (a + a'ε)(b + b'ε) = ab + (a'b + ab')ε
        return new Dual(value * b.value, tangent * b.value + value * b.tangent);
    }

    @Override
    public Dual over(Dual b) {
        double quotient = value / b.value;
        return new Dual(quotient, (tangent - quotient * b.tangent) / b.value);
    }

    @Override
    public Dual exp() {
        double y = Math.exp(value);
        return new Dual(y, tangent * y);
    }

    @Override
    public Dual log() {
        return new Dual(Math.log(value), tangent / value);
    }

    @Override
    public Dual sqrt() {
        double y = Math.sqrt(value);
        return new Dual(y, tangent / (2 * y));
    }

    @Override
    public Dual tanh() {
        double cosh = Math.cosh(value);
        return new Dual(Math.tanh(value), tangent / (cosh * cosh));
    }

    @Override
    public Dual erf() {
        return new Dual(ErrorFunction.erf(value), tangent * TWO_OVER_SQRT_PI * Math.exp(-value * value));
    }
}
