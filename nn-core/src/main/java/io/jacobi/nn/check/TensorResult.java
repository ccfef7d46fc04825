package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * The comparison of one gradient, coordinate by coordinate, with what an oracle says.
 *
 * @param oracle which
 * @param tensor which gradient: {@code input}, or a parameter's name
 * @param shape its shape, the batch included
 * @param coordinates how many were compared
 * @param skipped how many lay on a kink, where no derivative exists, and were not compared
 * @param tolerance the largest relative error that passes
 * @param absolute the largest absolute error of any coordinate
 * @param worst the coordinate with the largest relative error
 */
public record TensorResult(
        Oracle oracle,
        String tensor,
        Shape shape,
        int coordinates,
        int skipped,
        double tolerance,
        double absolute,
        Worst worst) {

    /** Kinks are rare at random inputs: more of them means that the layer is not differentiable, or hides behind kinks. */
    static final double MAX_SKIPPED = 0.05;

    /**
     * One coordinate.
     *
     * @param index its position in the tensor, in 'c' order; -1 if all were skipped
     * @param analytic what backward wrote
     * @param expected what the oracle says
     * @param relative the error divided by the larger of both values, but at least by the tensor's root mean square, since
     *     differences cannot see an error far below it
     * @param step the h of the difference; NaN if the oracle takes none
     */
    public record Worst(int index, double analytic, double expected, double relative, double step) {}

    /** Whether every coordinate agrees within the tolerance, and few enough were skipped. */
    public boolean passes() {
        // written so that NaN fails
        return worst.relative() <= tolerance && !tooManySkipped();
    }

    private boolean tooManySkipped() {
        return skipped > Math.ceil(MAX_SKIPPED * (coordinates + skipped));
    }

    /** Where the worst coordinate is: one index for each dimension. */
    public String where() {
        long[] index = new long[shape.rank()];
        long rest = worst.index();
        for (int axis = index.length - 1; axis >= 0 && rest >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return worst.index() < 0 ? "nowhere" : Arrays.toString(index);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-12s %5d coordinates  %d on kinks%s  worst %.2e at %s: analytic %.10g, expected %.10g",
                tensor,
                coordinates,
                skipped,
                tooManySkipped() ? " (too many to tell)" : "",
                worst.relative(),
                where(),
                worst.analytic(),
                worst.expected());
    }
}
