package io.jacobi.nn.check.compare;

import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The comparison of one gradient with what an oracle says: at every coordinate, or, of a large one, along random directions and at a
 * sample of its coordinates.
 *
 * @param oracle which
 * @param tensor which gradient: {@code input}, or a parameter's name
 * @param shape its shape, the batch included
 * @param coordinates at how many coordinates it was compared
 * @param directions along how many directions it was compared
 * @param skipped how many lay on a kink, where no derivative exists, and were not compared
 * @param tolerance the largest relative error that passes
 * @param absolute the largest absolute error
 * @param worst the coordinate or direction with the largest relative error
 * @param verdict what a sweep of steps says of the worst, if it fails: a mistake, or the limit of differences; else empty
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

    /** Kinks are rare at random inputs: more of them means that the layer is not differentiable, or hides behind kinks. */
    static final double MAX_SKIPPED = 0.05;

    /**
     * One coordinate or direction.
     *
     * @param index the coordinate's position in the tensor, in 'c' order, or the direction's number; -1 if all were skipped
     * @param alongDirection whether it is a direction
     * @param analytic what backward wrote; its product with the direction
     * @param expected what the oracle says
     * @param relative the error divided by the larger of both values, but at least by the tensor's root mean square, since
     *     differences cannot see an error far below it; along a direction at least by the root mean square over directions
     * @param step the h of the difference; NaN if the oracle takes none
     */
    public record Worst(
            int index, boolean alongDirection, double analytic, double expected, double relative, double step) {}

    TensorResult withVerdict(String text) {
        return new TensorResult(
                oracle, tensor, shape, coordinates, directions, skipped, tolerance, absolute, worst, text);
    }

    /** Whether everything agrees within the tolerance, and little enough was skipped. */
    public boolean passes() {
        return agrees() && !tooManySkipped();
    }

    /** Whether all that was compared agrees. */
    boolean agrees() {
        // written so that NaN fails
        return worst.relative() <= tolerance;
    }

    boolean tooManySkipped() {
        return skipped > Math.ceil(MAX_SKIPPED * (coordinates + directions + skipped));
    }

    /** What was compared: {@code 15} coordinates, or {@code 8 directions, 100} of them. */
    public String compared() {
        if (directions == 0) {
            return Integer.toString(coordinates);
        }
        return directions + " directions" + (coordinates == 0 ? "" : ", " + coordinates);
    }

    /** Where the worst coordinate is, one index for each dimension; or which direction. */
    public String where() {
        if (worst.alongDirection()) {
            return "direction " + worst.index();
        }
        long[] index = new long[shape.rank()];
        long rest = worst.index();
        for (int axis = index.length - 1; axis >= 0 && rest >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return worst.index() < 0 ? "nowhere" : Arrays.toString(index);
    }

    /** Titles and a row of a report, for this alone. */
    @Override
    public String toString() {
        ReportTable table = ReportTable.of(List.of(this));
        return table.titles() + "\n" + String.join("\n", table.rows(this));
    }
}
