package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Derivatives by finite differences of fourth order: two central differences, one with half the step of the other. */
final class CentralDifferences {

    /**
     * Balances the error of the formula, which grows with the fourth power of the step, and the rounding of the values.
     */
    private static final double STEP = 1e-3;

    /** If two steps differ by more, relative to the largest element, the formula is not smooth enough for either. */
    private static final double DISAGREEMENT = 1e-4;

    private CentralDifferences() {}

    /** Derivatives by differences. */
    static final class Slopes {

        private final double[] values;
        private final boolean reliable;

        private Slopes(double[] values, boolean reliable) {
            this.values = values;
            this.reliable = reliable;
        }

        /** [values, elements], row by row. */
        double[] values() {
            return values;
        }

        /** Whether all are finite and hardly depend on the step, so that the formula is smooth here. */
        boolean reliable() {
            return reliable;
        }
    }

    /**
     * The derivative of all values with respect to all elements of {@code by}: [values, elements], row by row.
     *
     * @param by the array to vary; its values are restored
     * @param values computes the values from the current elements of {@code by}
     */
    static Slopes jacobian(INDArray by, Supplier<double[]> values) {
        Span span = Span.of(by);
        int columns = span.length();
        double[] jacobian = new double[values.get().length * columns];
        double apart = 0;
        double largest = 1;
        for (int column = 0; column < columns; column++) {
            double[] wide = slope(span, column, STEP, values);
            double[] narrow = slope(span, column, STEP / 2, values);
            for (int row = 0; row < wide.length; row++) {
                jacobian[row * columns + column] = (4 * narrow[row] - wide[row]) / 3;
                apart = Math.max(apart, Math.abs(narrow[row] - wide[row]));
                largest = Math.max(largest, Math.abs(narrow[row]));
            }
        }
        return new Slopes(jacobian, apart <= largest * DISAGREEMENT && Double.isFinite(largest));
    }

    private static double[] slope(Span span, int at, double step, Supplier<double[]> values) {
        double here = span.get(at);
        span.set(at, here + step);
        double[] above = values.get();
        span.set(at, here - step);
        double[] slope = values.get();
        span.set(at, here);
        // rounding changes the step, so the distance is computed from the rounded arguments
        double distance = (here + step) - (here - step);
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (above[i] - slope[i]) / distance;
        }
        return slope;
    }

    /** The largest difference, relative to the largest expected value if that is above 1; NaN if any value is NaN. */
    static double error(INDArray computed, double[] expected) {
        double[] values = Vectors.toDoubles(computed);
        double scale = 1;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(values[i] - expected[i]));
        }
        return worst / scale;
    }
}
