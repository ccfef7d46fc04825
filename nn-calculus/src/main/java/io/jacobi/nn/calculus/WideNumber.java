package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Power;

/**
 * A number m 2ᵉ with the precision of double and practically any exponent. Where m is 0, infinite or NaN, e is 0;
 * otherwise 1 ≤ |m| &lt; 2.
 *
 * @param m the significand
 * @param e the exponent, an integer
 */
record WideNumber(double m, double e) {

    /** Between 2⁻⁹⁰⁰ and 2⁹⁰⁰ products of two such numbers may overflow, but nothing has been lost yet. */
    private static final double HUGE = 0x1p900;

    private static final double TINY = 0x1p-900;

    /** ln 2 as the double nearest to it and the rest, so that x − k ln 2 does not cancel. */
    private static final double LN2 = 0x1.62e42fefa39efp-1;

    private static final double LN2_REST = 0x1.abc9e3b39803fp-56;

    /** Beyond this exponent a double is an integer, and its remainder by ln 2 has no meaning. */
    private static final double LAST_FRACTION = 0x1p53;

    static final WideNumber ZERO = new WideNumber(0, 0);

    /** m 2ᵉ for any m. */
    static WideNumber of(double m, double e) {
        if (m == 0 || !Double.isFinite(m)) {
            return new WideNumber(m, 0);
        }
        int shift = Math.getExponent(m);
        if (shift < Double.MIN_EXPONENT) {
            return of(m * 0x1p60, e - 60); // subnormal
        }
        return new WideNumber(Math.scalb(m, -shift), e + shift);
    }

    static WideNumber of(double value) {
        return of(value, 0);
    }

    /** Whether a value is 0 or so far from the ends of the range of double that a product with 1 ± ε is exact. */
    static boolean isSafe(double value) {
        double magnitude = Math.abs(value);
        return magnitude == 0 || (magnitude >= TINY && magnitude <= HUGE);
    }

    /** The nearest double: infinite or 0 if it is outside the range of double. */
    double value() {
        return scaled(m, e);
    }

    private static double scaled(double m, double e) {
        return Math.scalb(m, (int) Math.max(-5000, Math.min(5000, e)));
    }

    WideNumber times(WideNumber other) {
        return of(m * other.m, e + other.e);
    }

    WideNumber plus(WideNumber other) {
        if (m == 0 || other.m == 0 || !Double.isFinite(m) || !Double.isFinite(other.m)) {
            return m == 0 ? other : other.m == 0 ? this : of(m + other.m, Double.isFinite(m) ? other.e : e);
        }
        return e >= other.e ? of(m + scaled(other.m, other.e - e), e) : of(other.m + scaled(m, e - other.e), other.e);
    }

    /** The function of this number, which is the double function where argument and result are in its safe range. */
    WideNumber map(Function function) {
        double x = value();
        double y = function.apply(x);
        if (isSafe(x) && isSafe(y) && (m == 0 || (x != 0 && y != 0))) {
            return of(y);
        }
        if (function instanceof Power power) {
            return raised(power);
        }
        if (function.equals(ElementFunction.EXP)) {
            return exp(x);
        }
        if (function.equals(ElementFunction.LOG)) {
            return m > 0 && Double.isFinite(m) ? of(Math.log(m) + e * LN2) : of(y);
        }
        if (x < 0 && (function.equals(ElementFunction.SIGMOID) || function.equals(ElementFunction.SOFTPLUS))) {
            return exp(x); // which both approach
        }
        if (x > 1 && (function.equals(ElementFunction.RELU) || function.equals(ElementFunction.SOFTPLUS))) {
            return this;
        }
        if (function.equals(ElementFunction.ABS)) {
            return new WideNumber(Math.abs(m), e);
        }
        if (function.equals(ElementFunction.SIGN)) {
            return of(Math.signum(m));
        }
        if (function.equals(ElementFunction.STEP)) {
            return of(m > 0 ? 1 : 0);
        }
        if (function.equals(ElementFunction.RELU)) {
            return m > 0 ? this : of(Math.max(m, 0));
        }
        boolean odd = function.equals(ElementFunction.SIN) || function.equals(ElementFunction.TANH);
        boolean erf = function.equals(ElementFunction.ERF);
        return e < -500 && m != 0 && (odd || erf) ? times(of(odd ? 1 : 2 / Math.sqrt(Math.PI))) : of(y);
    }

    /** exp x = exp(r) 2ᵏ with x = k ln 2 + r. */
    private static WideNumber exp(double x) {
        if (!Double.isFinite(x)) {
            return of(Math.exp(x));
        }
        double k = Math.rint(x / LN2);
        double r = Math.fma(-k, LN2_REST, Math.fma(-k, LN2, x)); // the inner difference is exact
        return of(Math.abs(x) < LAST_FRACTION ? Math.exp(r) : 1, k);
    }

    private WideNumber raised(Power power) {
        double p = power.exponent();
        double whole = Math.rint(e * p);
        double rest = e * p - whole;
        return of(power.apply(m) * (rest == 0 ? 1 : Math.pow(2, rest)), m == 0 || !Double.isFinite(m) ? 0 : whole);
    }
}
