package io.jacobi.nn.check;

import java.util.Locale;

/**
 * The comparison of one gradient, coordinate by coordinate, with central differences.
 *
 * @param tensor which gradient: {@code input}, or a parameter's name
 * @param batch at which batch size
 * @param coordinates how many were compared
 * @param skipped how many lay on a kink, where no derivative exists, and were not compared
 * @param worst the coordinate with the largest relative error
 */
public record TensorResult(String tensor, int batch, int coordinates, int skipped, Worst worst) {

    /** Kinks are rare at random inputs: more of them means that the layer is not differentiable, or hides behind kinks. */
    static final double MAX_SKIPPED = 0.05;

    /**
     * One coordinate.
     *
     * @param index its position in the tensor, in 'c' order; -1 if all were skipped
     * @param relative the error divided by the larger of both values, but at least by the tensor's root mean square, since
     *     differences cannot see an error far below it
     */
    public record Worst(int index, double analytic, double numeric, double relative) {}

    /** Whether every coordinate agrees within the tolerance, and few enough were skipped. */
    public boolean passes(double tolerance) {
        // written so that NaN fails
        return worst.relative() <= tolerance && !tooManySkipped();
    }

    private boolean tooManySkipped() {
        return skipped > Math.ceil(MAX_SKIPPED * (coordinates + skipped));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-12s batch %d  %5d coordinates  %d on kinks%s  worst %.2e at [%d]: analytic %.10g, numeric %.10g",
                tensor,
                batch,
                coordinates,
                skipped,
                tooManySkipped() ? " (too many to tell)" : "",
                worst.relative(),
                worst.index(),
                worst.analytic(),
                worst.numeric());
    }
}
