package io.jacobi.nn.calculus.expression;

import java.util.Optional;

/**
 * A fraction in lowest terms, with a positive denominator. A double stands for a fraction if it is the double that is
 * nearest to it. Fractions with denominators up to {@value #LARGEST} are so far apart that there is at most one.
 */
record Fraction(long numerator, long denominator) {

    static final long LARGEST = 1_000_000;

    /** Above, products of numerators would not fit into a long. */
    private static final double LARGEST_NUMERATOR = 1e9;

    /** Integers up to this one are doubles, so the quotient of two of them is rounded once. */
    private static final long EXACT = 1L << 53;

    /** The fraction that a double stands for, by its continued fraction; empty if it stands for none. */
    static Optional<Fraction> of(double value) {
        double size = Math.abs(value);
        if (!(size <= LARGEST_NUMERATOR)) {
            return Optional.empty();
        }
        long sign = value < 0 ? -1 : 1;
        long[] above = {1, 0};
        long[] below = {0, 1};
        double rest = size;
        while (true) {
            long whole = (long) Math.floor(rest);
            long numerator = whole * above[0] + above[1];
            long denominator = whole * below[0] + below[1];
            if (denominator > LARGEST || numerator > LARGEST_NUMERATOR) {
                return Optional.empty();
            }
            if ((double) numerator / denominator == size) {
                return Optional.of(new Fraction(sign * numerator, denominator));
            }
            above = new long[] {numerator, above[0]};
            below = new long[] {denominator, below[0]};
            rest = 1 / (rest - whole);
            if (!(rest <= LARGEST_NUMERATOR)) {
                return Optional.empty();
            }
        }
    }

    Optional<Double> times(Fraction other) {
        return nearest(numerator * other.numerator, denominator * other.denominator);
    }

    Optional<Double> plus(Fraction other) {
        return nearest(numerator * other.denominator + other.numerator * denominator, denominator * other.denominator);
    }

    Optional<Double> inverse() {
        return numerator == 0 ? Optional.empty() : nearest(Long.signum(numerator) * denominator, Math.abs(numerator));
    }

    private static Optional<Double> nearest(long numerator, long denominator) {
        long common = divisor(Math.abs(numerator), denominator);
        long above = numerator / common;
        long below = denominator / common;
        return Math.abs(above) <= EXACT && below <= EXACT ? Optional.of((double) above / below) : Optional.empty();
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }
}
