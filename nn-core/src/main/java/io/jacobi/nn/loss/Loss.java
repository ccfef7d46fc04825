package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The number that training minimizes: the mean over the batch of a function of prediction and target. Implementations
 * are immutable.
 *
 * <p>Most losses are a sum over examples. They implement {@link RowLoss} or {@link ElementwiseLoss}, which ask for a
 * function of one example and add means and weights.
 */
public interface Loss {

    /**
     * Checks before training that predictions and targets of these shapes (of one example) can be compared.
     *
     * @throws io.jacobi.nn.ShapeException if they cannot
     */
    void check(Shape prediction, Shape target);

    /**
     * Checks, when a trainer is made, that the loss does not misread the model's output, such as probabilities for
     * logits.
     *
     * @throws IllegalArgumentException if it would; the message says why, and how to fix it
     */
    default void check(OutputKind output) {}

    /**
     * Checks the outputs of a batch in training and in evaluation, where their kind is {@link OutputKind#ANY}, which
     * does not tell whether the loss misreads them. Unless overridden, all numbers are taken.
     *
     * @param outputs {@code [batch, output shape...]}
     * @throws IllegalArgumentException if the loss would misread them; the message says why, and how to fix it
     */
    default void check(INDArray outputs, Scratch scratch) {}

    /**
     * Returns the mean loss of the batch and writes its gradient with respect to the prediction.
     *
     * @param prediction {@code [batch, output shape...]}
     * @param target {@code [batch, target shape...]}, of the same data type
     * @param gradient overwritten; it has the prediction's shape
     * @throws IllegalArgumentException if a target is impossible; the message names the example, the value and what is
     *     allowed. An {@link ExampleException} lets the trainer name the row of the data set.
     */
    double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch);

    /**
     * The class index whose examples do not count, if there is one: PyTorch's {@code ignore_index}. A trainer leaves
     * them out of its batches, and the loss itself gives them a gradient of 0.
     */
    default OptionalInt ignoredIndex() {
        return OptionalInt.empty();
    }

    /** Whether examples may have weights. If not, a data set with weights is refused before training. */
    default boolean takesWeights() {
        return false;
    }

    /**
     * Returns the weighted mean Σ wᵢ Lᵢ / Σ wᵢ and writes its gradient. An example of weight 2 counts as if it occurred
     * twice, and an example of weight 0 not at all, whatever its prediction and its target are. If all weights are 0,
     * value and gradient are 0, so that such a part of a batch adds nothing to the whole.
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
     * Returns the number that the mean of a batch was divided by. It is the weight of the batch when means of parts are
     * averaged to the mean of the whole: the number of examples, unless the loss counts differently.
     */
    default double divisor(INDArray target, Scratch scratch) {
        return target.size(0);
    }

    /**
     * Returns the number that the weighted mean was divided by.
     *
     * @throws IllegalArgumentException if a weight is negative, infinite or NaN; the message names the row
     * @throws UnsupportedOperationException unless {@link #takesWeights()}
     */
    default double divisor(INDArray target, INDArray weights, Scratch scratch) {
        throw new UnsupportedOperationException(this + " takes no weights");
    }

    /** Returns the mean loss and writes its gradient, weighted if there are weights. */
    default double valueAndGradient(
            INDArray prediction, INDArray target, Optional<INDArray> weights, INDArray gradient, Scratch scratch) {
        return weights.isPresent()
                ? valueAndGradient(prediction, target, weights.get(), gradient, scratch)
                : valueAndGradient(prediction, target, gradient, scratch);
    }

    /** Returns the number that the mean, weighted if there are weights, was divided by. */
    default double divisor(INDArray target, Optional<INDArray> weights, Scratch scratch) {
        return weights.isPresent() ? divisor(target, weights.get(), scratch) : divisor(target, scratch);
    }
}
