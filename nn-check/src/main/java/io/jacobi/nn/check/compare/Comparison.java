package io.jacobi.nn.check.compare;

import io.jacobi.nn.Shape;
import java.util.Arrays;

/**
 * Compares a gradient with an oracle, number by number.
 *
 * @param oracle the source of the expected values
 * @param tolerance the largest relative error that passes
 */
public record Comparison(Oracle oracle, double tolerance) {

    /** The smallest scale of errors, for a gradient that is tiny everywhere: rounding is about 1e-11 at h = 1e-5. */
    private static final double SMALLEST_SCALE = 1e-3;

    /** Compares every coordinate. */
    public TensorResult of(String tensor, Shape shape, double[] analytic, double[] expected) {
        return of(tensor, shape, analytic, expected, scale(expected));
    }

    /** Compares every coordinate. Errors are measured against {@code scale} where both values are below it. */
    public TensorResult of(String tensor, Shape shape, double[] analytic, double[] expected, double scale) {
        return tally(analytic, expected, Math.max(scale, Double.MIN_NORMAL), false)
                .result(tensor, shape);
    }

    /** Compares the product of the gradient with each of several directions. */
    TensorResult alongDirections(String tensor, double[] analytic, double[] expected) {
        return tally(analytic, expected, scale(expected), true).result(tensor, Shape.of(expected.length));
    }

    private Tally tally(double[] analytic, double[] expected, double scale, boolean alongDirections) {
        Tally tally = new Tally(oracle, tolerance);
        for (int i = 0; i < expected.length; i++) {
            double error = Tally.error(analytic[i], expected[i], scale);
            tally.add(new TensorResult.Worst(i, alongDirections, analytic[i], expected[i], error, Double.NaN));
        }
        return tally;
    }

    /** The root mean square of a gradient, the scale for errors of its small elements. */
    public static double scale(double[] values) {
        double mean = Arrays.stream(values).map(v -> v * v).average().orElse(0);
        return Math.max(Math.sqrt(mean), SMALLEST_SCALE);
    }

    /** The size of the largest element that is finite; 0 if there is none. */
    public static double largest(double[] values) {
        return Arrays.stream(values)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }
}
