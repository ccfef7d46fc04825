package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares a gradient with central differences of a scalar function, coordinate by coordinate.
 *
 * <p>The function is given as a vector whose elements add up to it. Differences are taken of each element before they are summed:
 * elements that the coordinate does not touch cancel exactly, where the difference of two sums would carry their rounding.
 */
final class Differences {

    private final double step;
    private final double tolerance;
    private final Supplier<double[]> terms;

    /** {@code terms} evaluates the function at whatever the perturbed array holds. */
    Differences(double step, double tolerance, Supplier<double[]> terms) {
        this.step = step;
        this.tolerance = tolerance;
        this.terms = terms;
    }

    /** Perturbs every coordinate of {@code array} in turn, and leaves it as it was. */
    TensorResult compare(String name, INDArray array, double[] analytic) {
        Span span = Span.of(array);
        double[] numeric = new double[analytic.length];
        Arrays.setAll(numeric, i -> central(span, i, step));
        double scale = Comparison.scale(numeric);
        return new Comparison(Oracle.DIFFERENCES, tolerance, step)
                .of(name, Shape.of(array.shape()), analytic, numeric, i -> isKink(span, i, scale));
    }

    private double central(Span array, int index, double h) {
        double at = array.get(index);
        double distance = h * Math.max(1, Math.abs(at));
        double[] above = at(array, index, at, at + distance);
        double[] below = at(array, index, at, at - distance);
        return difference(above, below) / ((at + distance) - (at - distance));
    }

    /**
     * Whether the slopes on both sides differ, and go on differing when the step shrinks: for a smooth function their difference
     * shrinks with the step, at a kink it stays.
     */
    private boolean isKink(Span array, int index, double scale) {
        double wide = Math.abs(slopeJump(array, index, step));
        double narrow = Math.abs(slopeJump(array, index, step / 8));
        return wide > 100 * tolerance * scale && (narrow > wide / 2 || narrow < wide / 64);
    }

    private double slopeJump(Span array, int index, double h) {
        double at = array.get(index);
        double distance = h * Math.max(1, Math.abs(at));
        double[] above = at(array, index, at, at + distance);
        double[] here = at(array, index, at, at);
        double[] below = at(array, index, at, at - distance);
        return (difference(above, here) - difference(here, below)) / distance;
    }

    private double[] at(Span array, int index, double original, double value) {
        array.set(index, value);
        double[] result = terms.get();
        array.set(index, original);
        return result;
    }

    private static double difference(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] - b[i];
        }
        return sum;
    }
}
