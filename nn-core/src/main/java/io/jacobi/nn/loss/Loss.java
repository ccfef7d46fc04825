package io.jacobi.nn.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training minimizes: the mean over the batch of a function of prediction and target. Implementations are immutable. */
public interface Loss {

    /**
     * Checks, before training, that targets of this shape can be compared with predictions of that shape (both for one example).
     *
     * @throws io.jacobi.nn.ShapeException if they cannot
     */
    void check(Shape prediction, Shape target);

    /**
     * Returns the mean loss of the batch and writes its gradient with respect to the prediction.
     *
     * @param prediction {@code [batch, output shape...]}
     * @param target {@code [batch, target shape...]}, of the same data type
     * @param gradient the prediction's shape; overwritten
     * @throws IllegalArgumentException if a target is impossible; the message names the row, the value and what is allowed
     */
    double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch);

    /**
     * The weight of a batch when means of parts are averaged into the mean of the whole: the number of examples, unless the loss
     * weighs them.
     */
    default double weight(INDArray target) {
        return target.size(0);
    }
}
