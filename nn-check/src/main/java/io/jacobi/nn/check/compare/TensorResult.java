package io.jacobi.nn.check.compare;

import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The comparison of one gradient with an oracle: at every coordinate, or, for a large gradient, along random directions
 * and at a sample of its coordinates.
 *
 * @param oracle the source of the expected values
 * @param tensor the gradient: {@code input}, or a parameter's name
 * @param shape its shape, the batch included
 * @param coordinates the number of coordinates that were compared
 * @param directions the number of directions along which it was compared
 * @param skipped the number of coordinates that lay on a kink, where no derivative exists, and were not compared
 * @param tolerance the largest relative error that passes
 * @param absolute the largest absolute error
 * @param worst the coordinate or direction with the largest relative error
 * @param verdict the explanation of a failure by a sweep of steps: a mistake, or the limit of differences; empty if it
 *     passes
 */
public record TensorResult(
        Oracle oracle,
        String tensor,
        Shape shape,
        int coordinates,
        int directions,
        int skipped,
        double tolerance,
        double absolute,
        Worst worst,
        String verdict) {

    /**
     * Kinks are rare at random inputs: if there are more, the layer is not differentiable, or a mistake hides behind
     * kinks.
     */
    static final double MAX_SKIPPED = 0.05;

    /**
     * One coordinate or direction.
     *
     * @param index the coordinate's position in the tensor, in 'c' order, or the direction's number; -1 if all were
     *     skipped
     * @param alongDirection whether it is a direction
     * @param analytic the value by backward; its product with the direction
     * @param expected the value by the oracle
     * @param relative the error divided by the larger of both values, but at least by the tensor's root mean square,
     *     because differences cannot see an error far below it; along a direction at least by the root mean square over
     *     directions
     * @param step the h of the difference; NaN if the oracle takes none
     */
    public record Worst(
            int index, boolean alongDirection, double analytic, double expected, double relative, double step) {}

    TensorResult withVerdict(String text) {
        return new TensorResult(
                oracle, tensor, shape, coordinates, directions, skipped, tolerance, absolute, worst, text);
    }

    /** Whether everything agrees within the tolerance, and no more was skipped than may be. */
    public boolean passes() {
        return agrees() && !tooManySkipped();
    }

    /** Whether everything that was compared agrees. */
    boolean agrees() {
        // written so that NaN fails
        return worst.relative() <= tolerance;
    }

    boolean tooManySkipped() {
        return skipped > Math.ceil(MAX_SKIPPED * (coordinates + directions + skipped));
    }

    /** The extent of the comparison: {@code 15} coordinates, or {@code 8 directions, 100} of them. */
    public String compared() {
        if (directions == 0) {
            return Integer.toString(coordinates);
        }
        return directions + " directions" + (coordinates == 0 ? "" : ", " + coordinates);
    }

    /** The place of the worst coordinate, one index for each dimension, or of the worst direction. */
    public String where() {
        if (worst.alongDirection()) {
            return "direction " + worst.index();
        }
        return worst.index() < 0 ? "nowhere" : place(shape, worst.index());
    }

    /** The place of an element of an array of this shape, one index for each dimension: {@code [0, 4]}. */
    public static String place(Shape shape, int element) {
        return Arrays.toString(shape.indices(element));
    }

    /** Returns the titles and the row of a report, for this result alone. */
    @Override
    public String toString() {
        ReportTable table = ReportTable.of(List.of(this));
        return table.titles() + "\n" + String.join("\n", table.rows(this));
    }
}
