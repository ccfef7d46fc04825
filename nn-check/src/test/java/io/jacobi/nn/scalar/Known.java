package io.jacobi.nn.scalar;

import java.util.stream.Stream;

/**
 * A function of two numbers at a point, with its value and derivatives in closed form.
 *
 * @param name for messages
 * @param function the operation
 * @param a the first operand
 * @param b the second operand; without effect if the operation has one operand
 * @param value f(a, b)
 * @param byA ∂f/∂a
 * @param byB ∂f/∂b
 */
record Known(String name, Function function, double a, double b, double value, double byA, double byB) {

    /** A function for every kind of number. */
    interface Function {
        <T extends Real<T>> T of(T a, T b);
    }

    private interface OfOne {
        <T extends Real<T>> T of(T a);
    }

    static Stream<Known> all() {
        return Stream.of(
                new Known("a + b", Real::plus, 3, -2, 1, 1, 1),
                new Known("a - b", Real::minus, 3, -2, 5, 1, -1),
                new Known("a b", Real::times, 3, -2, -6, -2, 3),
                new Known("a / b", Real::over, 3, -2, -1.5, -0.5, -0.75),
                new Known("a / b of large numbers", Real::over, 2e160, 1e160, 2, 1e-160, -2e-160),
                new Known("max, the first", Real::max, 3, -2, 3, 1, 0),
                new Known("max, the second", Real::max, -3, 2, 2, 0, 1),
                new Known("max of equals", Real::max, 2, 2, 2, 1, 0),
                new Known("min, the first", Real::min, -3, 2, -3, 1, 0),
                new Known("min, the second", Real::min, 3, -2, -2, 0, 1),
                new Known("min of equals", Real::min, 2, 2, 2, 1, 0),
                new Known("a a, as a product of one number", Known::product, 3, 1, 9, 6, 0),
                new Known("a^b", Known::power, 2, 3, 8, 12, 8 * Math.log(2)),
                of("exp", Real::exp, 0.7, Math.exp(0.7), Math.exp(0.7)),
                of("log", Real::log, 2.5, Math.log(2.5), 0.4),
                of("sqrt", Real::sqrt, 2.25, 1.5, 1 / 3d),
                of("tanh", Real::tanh, Math.log(2), 0.6, 0.64),
                of("tanh far out", Real::tanh, -400, -1, 0),
                of("erf", Real::erf, 0.5, 0.5204998778130465, 2 / Math.sqrt(Math.PI) * Math.exp(-0.25)),
                of("-a", Real::negate, 3, -3, -1),
                of("1 / a", Real::reciprocal, 4, 0.25, -0.0625),
                of("a²", Real::square, -3, 9, -6),
                of("|a| above 0", Real::abs, 3, 3, 1),
                of("|a| below 0", Real::abs, -3, 3, -1),
                of("|a| at 0", Real::abs, 0, 0, 1),
                of("σ above 0", Real::sigmoid, Math.log(3), 0.75, 0.1875),
                of("σ below 0", Real::sigmoid, -Math.log(3), 0.25, 0.1875),
                of("σ at 0", Real::sigmoid, 0, 0.5, 0.25),
                of("σ far above 0", Real::sigmoid, 1000, 1, 0),
                of("σ far below 0", Real::sigmoid, -1000, 0, 0),
                of("a + 2", Known::plusTwo, 3, 5, 1),
                of("a - 2", Known::minusTwo, 3, 1, 1),
                of("2 a", Known::timesTwo, 3, 6, 2),
                of("a / 2", Known::half, 3, 1.5, 0.5));
    }

    private static Known of(String name, OfOne function, double a, double value, double slope) {
        return new Known(
                name,
                new Function() {
                    @Override
                    public <T extends Real<T>> T of(T x, T unused) {
                        return function.of(x);
                    }
                },
                a,
                0,
                value,
                slope,
                0);
    }

    private static <T extends Real<T>> T product(T a, T b) {
        return a.times(a);
    }

    private static <T extends Real<T>> T power(T a, T b) {
        return a.log().times(b).exp();
    }

    private static <T extends Real<T>> T plusTwo(T a) {
        return a.plus(2);
    }

    private static <T extends Real<T>> T minusTwo(T a) {
        return a.minus(2);
    }

    private static <T extends Real<T>> T timesTwo(T a) {
        return a.times(2);
    }

    private static <T extends Real<T>> T half(T a) {
        return a.over(2);
    }

    @Override
    public String toString() {
        return name;
    }
}
