package io.jacobi.nn.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss that compares each output with a target of its own: the mean over all elements of the batch, as PyTorch's {@code mean},
 * not the mean over examples of a sum over outputs. Outputs and targets may have any shape, the same one; a single output may
 * also have a plain number as its target.
 *
 * <pre>{@code
 * record Quartic() implements ElementwiseLoss {
 *     public double sum(double[] y, double[] t, int from, int to) {
 *         double sum = 0;
 *         for (int i = from; i < to; i++) {
 *             double e = y[i] - t[i];
 *             sum += e * e * e * e;
 *             y[i] = 4 * e * e * e;
 *         }
 *         return sum;
 *     }
 * }
 * }</pre>
 */
public interface ElementwiseLoss extends RowLoss {

    /**
     * The sum of the losses of the outputs {@code y[from]} to {@code y[to - 1]}, each of which is replaced by its derivative.
     * Targets are finite, or what {@link #checkTarget} allows.
     */
    double sum(double[] y, double[] t, int from, int to);

    /**
     * Checks the targets of one example: finite numbers, unless overridden.
     *
     * @throws IllegalArgumentException if one is impossible: {@link Example#impossibleTarget}
     */
    default void checkTarget(Example e) {
        for (int i = 0; i < e.width(); i++) {
            if (!Double.isFinite(e.t()[e.from() + i])) {
                throw e.impossibleTarget(i, "a finite number", "leave out examples without a target, or fill it in");
            }
        }
    }

    @Override
    default double row(Example e) {
        checkTarget(e);
        return sum(e.y(), e.t(), e.at(), e.at() + e.outputs());
    }

    @Override
    default void check(Shape prediction, Shape target) {
        boolean number = target.rank() == 0 && prediction.size() == 1;
        if (!number && !target.equals(prediction)) {
            throw new ShapeException(
                    getClass().getSimpleName() + " cannot compare the targets with the model's output",
                    "targets of shape " + prediction + ", the model's output",
                    target.toString(),
                    "give a target for each output, or the model as many outputs as there are targets");
        }
    }

    /** The number of elements, each weighed like its example. */
    @Override
    default double divisor(INDArray target, Scratch scratch) {
        return RowLoss.super.divisor(target, scratch) * elementsOfEach(target);
    }

    @Override
    default double divisor(INDArray target, INDArray weights, Scratch scratch) {
        return RowLoss.super.divisor(target, weights, scratch) * elementsOfEach(target);
    }

    private static double elementsOfEach(INDArray target) {
        return (double) target.length() / target.size(0);
    }
}
