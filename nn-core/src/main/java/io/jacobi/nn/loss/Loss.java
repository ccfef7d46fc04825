package io.jacobi.nn.loss;

import io.jacobi.nn.Output;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training minimizes: the mean over the batch of a function of prediction and target. Implementations are immutable.
 *
 * <p>Most losses are a sum over examples: they implement {@link RowLoss} or {@link ElementwiseLoss}, which is one function of one
 * row, and get means and weights for nothing.
 */
public interface Loss {

    /**
     * Checks, before training, that targets of this shape can be compared with predictions of that shape (both for one example).
     *
     * @throws io.jacobi.nn.ShapeException if they cannot
     */
    void check(Shape prediction, Shape target);

    /**
     * Checks, when a trainer is made, that the loss takes the model's output for what it is.
     *
     * @throws IllegalArgumentException if it would misread it; the message says why, and how to fix it
     */
    default void check(Output output) {}

    /**
     * Returns the mean loss of the batch and writes its gradient with respect to the prediction.
     *
     * @param prediction {@code [batch, output shape...]}
     * @param target {@code [batch, target shape...]}, of the same data type
     * @param gradient the prediction's shape; overwritten
     * @throws IllegalArgumentException if a target is impossible; the message names the row, the value and what is allowed
     */
    double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch);

    /** Whether examples may have weights; if not, a data set that has them is refused before training. */
    default boolean takesWeights() {
        return false;
    }

    /**
     * Returns the weighted mean Σ wᵢ Lᵢ / Σ wᵢ and writes its gradient. A weight of 2 has the effect of having the example twice. If
     * all weights are 0, value and gradient are 0, so that such a part of a batch adds nothing to the whole.
     *
     * @param weights {@code [batch]}, finite and not negative, of the same data type
     * @throws IllegalArgumentException if a target or a weight is impossible
     * @throws UnsupportedOperationException unless {@link #takesWeights()}
     */
    default double valueAndGradient(
            INDArray prediction, INDArray target, INDArray weights, INDArray gradient, Scratch scratch) {
        throw new UnsupportedOperationException(this + " takes no weights");
    }

    /**
     * The number that the mean of a batch was divided by, and so what the batch counts for when the means of parts are averaged into
     * the mean of the whole: the number of examples, unless the loss counts otherwise.
     */
    default double divisor(INDArray target, Scratch scratch) {
        return target.size(0);
    }

    /**
     * The number that the weighted mean was divided by.
     *
     * @throws IllegalArgumentException if a weight is negative, infinite or NaN; the message names the row
     * @throws UnsupportedOperationException unless {@link #takesWeights()}
     */
    default double divisor(INDArray target, INDArray weights, Scratch scratch) {
        throw new UnsupportedOperationException(this + " takes no weights");
    }

    /** Returns the mean of {@link #valueAndGradient}, weighted if there are weights. */
    default double valueAndGradient(
            INDArray prediction, INDArray target, Optional<INDArray> weights, INDArray gradient, Scratch scratch) {
        return weights.isPresent()
                ? valueAndGradient(prediction, target, weights.get(), gradient, scratch)
                : valueAndGradient(prediction, target, gradient, scratch);
    }

    /** The number that the mean, weighted if there are weights, was divided by. */
    default double divisor(INDArray target, Optional<INDArray> weights, Scratch scratch) {
        return weights.isPresent() ? divisor(target, weights.get(), scratch) : divisor(target, scratch);
    }
}
