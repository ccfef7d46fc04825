package io.jacobi.nn.calculus.expression;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Formats numbers, and computes with them so that fractions stay fractions: 1/3 + 1/6 is 0.5 and not
 * 0.49999999999999994. A double that stands for a {@link Fraction} is computed with as that fraction, and the result is
 * rounded once.
 */
public final class Numbers {

    /** The longest decimal that is printed although a fraction is shorter: 0.25 rather than 1/4. */
    private static final int LONGEST_DECIMAL = 8;

    private Numbers() {}

    /**
     * The shortest text that reads back as this double: an integer, a decimal, or a fraction such as 1/3. Infinity is
     * (1/0) and NaN (0/0).
     */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "(0/0)" : value < 0 ? "(-1/0)" : "(1/0)";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        String decimal = whole ? BigDecimal.valueOf(value).toBigInteger().toString() : Double.toString(value);
        return decimal.length() <= LONGEST_DECIMAL
                ? decimal
                : Fraction.of(value)
                        .map(Fraction::toString)
                        .filter(fraction -> fraction.length() < decimal.length())
                        .orElse(decimal);
    }

    static double times(double a, double b) {
        return Fraction.of(a).flatMap(x -> Fraction.of(b).flatMap(x::times)).orElse(a * b);
    }

    static double plus(double a, double b) {
        return Fraction.of(a).flatMap(x -> Fraction.of(b).flatMap(x::plus)).orElse(a + b);
    }

    /** xᵖ; a power of a fraction with an integer exponent is a fraction. */
    static double power(double x, double p) {
        boolean integer = p == Math.rint(p) && Math.abs(p) <= 64;
        Optional<Double> base =
                integer ? Fraction.of(x).flatMap(f -> p < 0 ? f.inverse() : Optional.of(x)) : Optional.empty();
        if (base.isEmpty()) {
            return new Power(p).apply(x);
        }
        double power = 1;
        for (int n = 0; n < Math.abs(p); n++) {
            power = times(power, base.get());
        }
        return power;
    }
}
