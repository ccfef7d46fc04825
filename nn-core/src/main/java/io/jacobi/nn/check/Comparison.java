package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Compares a gradient with what an oracle says of it.
 *
 * @param oracle who says so
 * @param tolerance the largest relative error that passes
 * @param step the h of a difference, for the report; NaN if there is none
 */
record Comparison(Oracle oracle, double tolerance, double step) {

    /** Where all of a gradient is tiny, errors are measured against this instead: rounding is about 1e-11 at h = 1e-5. */
    private static final double SMALLEST_SCALE = 1e-3;

    /** Every coordinate. */
    TensorResult of(String tensor, Shape shape, double[] analytic, double[] expected) {
        return of(tensor, shape, analytic, expected, i -> false);
    }

    /** Every coordinate but those that lie on a kink, which is only asked where they differ. */
    TensorResult of(String tensor, Shape shape, double[] analytic, double[] expected, IntPredicate isKink) {
        return of(tensor, shape, analytic, expected, scale(expected), isKink);
    }

    /** Every coordinate, measured against {@code scale} where both values are below it. */
    TensorResult of(String tensor, Shape shape, double[] analytic, double[] expected, double scale) {
        return of(tensor, shape, analytic, expected, Math.max(scale, Double.MIN_NORMAL), i -> false);
    }

    private TensorResult of(
            String tensor, Shape shape, double[] analytic, double[] expected, double scale, IntPredicate isKink) {
        int skipped = 0;
        double absolute = 0;
        TensorResult.Worst worst = new TensorResult.Worst(-1, 0, 0, 0, step);
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(analytic[i] - expected[i]);
            double error = difference / Math.max(scale, Math.max(Math.abs(analytic[i]), Math.abs(expected[i])));
            if (error > tolerance && isKink.test(i)) {
                skipped++;
                continue;
            }
            absolute = Math.max(absolute, difference);
            if (Double.isNaN(error) || error > worst.relative() || worst.index() < 0) {
                // a NaN stays the worst: no comparison with it is true
                worst = new TensorResult.Worst(i, analytic[i], expected[i], error, step);
            }
        }
        return new TensorResult(oracle, tensor, shape, expected.length - skipped, skipped, tolerance, absolute, worst);
    }

    /** The root mean square of a gradient, which errors of its small elements are measured against. */
    static double scale(double[] values) {
        double mean = Arrays.stream(values).map(v -> v * v).average().orElse(0);
        return Math.max(Math.sqrt(mean), SMALLEST_SCALE);
    }
}
