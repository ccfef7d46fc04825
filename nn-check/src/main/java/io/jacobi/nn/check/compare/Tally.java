package io.jacobi.nn.check.compare;

import io.jacobi.nn.Shape;

/** Counts the comparisons of one gradient, number by number, and keeps the worst. */
final class Tally {

    private final Oracle oracle;
    private final double tolerance;
    private int coordinates;
    private int directions;
    private int skipped;
    private int wrong;
    private double absolute;
    private TensorResult.Worst worst = new TensorResult.Worst(-1, false, 0, 0, 0, Double.NaN);

    Tally(Oracle oracle, double tolerance) {
        this.oracle = oracle;
        this.tolerance = tolerance;
    }

    /**
     * The error of a comparison, relative to the larger of both values, or to {@code scale} where both are below it.
     */
    static double error(double analytic, double expected, double scale) {
        return Math.abs(analytic - expected) / Math.max(scale, Math.max(Math.abs(analytic), Math.abs(expected)));
    }

    /** Whether an error is above the tolerance; written so that NaN is. */
    boolean fails(double error) {
        return !(error <= tolerance);
    }

    /** Counts a coordinate that lies on a kink. */
    void skip() {
        skipped++;
    }

    void add(TensorResult.Worst next) {
        coordinates += next.alongDirection() ? 0 : 1;
        directions += next.alongDirection() ? 1 : 0;
        wrong += fails(next.relative()) ? 1 : 0;
        absolute = Math.max(absolute, Math.abs(next.analytic() - next.expected()));
        // a NaN stays the worst: no comparison with it is true
        if (Double.isNaN(next.relative()) || next.relative() > worst.relative() || worst.index() < 0) {
            worst = next;
        }
    }

    /** How many fail, of how many were compared: a mistake everywhere differs from a mistake in a corner. */
    String wrong() {
        return wrong + " of " + (coordinates + directions) + " wrong";
    }

    TensorResult result(String tensor, Shape shape) {
        return new TensorResult(
                oracle, tensor, shape, coordinates, directions, skipped, tolerance, absolute, worst, "");
    }
}
