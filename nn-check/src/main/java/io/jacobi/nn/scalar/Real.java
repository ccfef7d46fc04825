package io.jacobi.nn.scalar;

import java.util.List;

/**
 * A number with the arithmetic that forward passes need. A pass written once for {@code <T extends Real<T>>} runs on
 * every kind of number: on {@link Scalar} it can be differentiated backwards, on {@link Dual} forwards.
 *
 * <pre>{@code
 * static <T extends Real<T>> T softplus(T x) {
 *     return x.exp().plus(1).log();
 * }
 * }</pre>
 *
 * Numbers are immutable except for the gradient of a {@link Scalar}. Branches depend on {@link #value}.
 *
 * @param <T> the kind itself
 */
public interface Real<T extends Real<T>> {

    /** The value, without its derivatives. */
    double value();

    /** This number, as its own kind. */
    T self();

    /** Returns a number of the same kind that depends on nothing. */
    T constant(double value);

    /** a + b. */
    T plus(T b);

    /** a b. */
    T times(T b);

    /** a / b. */
    T over(T b);

    /** eᵃ. */
    T exp();

    /** The natural logarithm. */
    T log();

    /** √a; its derivative at 0 is infinite. */
    T sqrt();

    /** The hyperbolic tangent. */
    T tanh();

    /** The error function, 2/√π ∫₀ᵃ e^(−t²) dt. */
    T erf();

    /** a − b. */
    default T minus(T b) {
        return plus(b.times(-1));
    }

    /** a + c. */
    default T plus(double c) {
        return plus(constant(c));
    }

    /** a − c. */
    default T minus(double c) {
        return plus(-c);
    }

    /** c a. */
    default T times(double c) {
        return times(constant(c));
    }

    /** a / c. */
    default T over(double c) {
        return over(constant(c));
    }

    /** −a. */
    default T negate() {
        return times(-1);
    }

    /** 1 / a. */
    default T reciprocal() {
        return constant(1).over(self());
    }

    /** The logistic function, 1 / (1 + e⁻ᵃ), which is eᵃ / (1 + eᵃ). */
    default T sigmoid() {
        // the form whose exponential is at most 1: an infinite exponential would give no derivative
        T power = abs().negate().exp();
        return (value() < 0 ? power : constant(1)).over(power.plus(1));
    }

    /** a a. */
    default T square() {
        return times(self());
    }

    /**
     * Returns the sum of these numbers, added from the first to the last.
     *
     * @throws java.util.NoSuchElementException if there are none
     */
    static <T extends Real<T>> T sum(List<T> terms) {
        return terms.stream().reduce((a, b) -> a.plus(b)).orElseThrow();
    }

    /** Returns the larger number; the first if they are equal; NaN if one is NaN. */
    static <T extends Real<T>> T max(T a, T b) {
        return a.value() >= b.value() || Double.isNaN(a.value()) ? a : b;
    }

    /** Returns the smaller number; the first if they are equal; NaN if one is NaN. */
    static <T extends Real<T>> T min(T a, T b) {
        return a.value() <= b.value() || Double.isNaN(a.value()) ? a : b;
    }

    /** |a|, whose derivative at 0 is taken as 1. */
    default T abs() {
        return value() < 0 ? negate() : self();
    }
}
