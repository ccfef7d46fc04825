package io.jacobi.nn.derivative;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.train.Compatibility;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivatives of a model's mean loss with respect to its weights, to second order, and with respect to its input.
 *
 * <pre>{@code
 * Expansion at = LossDerivatives.of(model, new SoftmaxCrossEntropy()).at(x, t);
 * at.value();
 * at.gradient().flat();                      // [weights]
 * at.hvp(v);                                 // H v, [weights]
 * at.hessian().matrix();                     // [weights, weights]
 * }</pre>
 *
 * The model computes the function that it trains with, in its first step, unless {@link #atStep} or {@link #predicting}
 * says otherwise. Penalties do not count, because they belong to the trainer. As with {@link Derivatives}, the model is
 * not changed, instances are immutable, and there is nothing to close.
 */
public final class LossDerivatives {

    private final Sequential model;
    private final Loss loss;
    private final Mode mode;

    private LossDerivatives(Sequential model, Loss loss, Mode mode) {
        this.model = model;
        this.loss = loss;
        this.mode = mode;
    }

    /**
     * Returns the derivatives of this loss of this model, with the weights that the model has when a derivative is
     * computed.
     *
     * @throws IllegalArgumentException if the loss would misread the model's output
     */
    public static LossDerivatives of(Sequential model, Loss loss) {
        Compatibility.check(model, loss);
        return new LossDerivatives(model, loss, Mode.TRAINING);
    }

    /** Returns the derivatives for the function that the model predicts with; see {@link Derivatives#predicting}. */
    public LossDerivatives predicting() {
        return new LossDerivatives(model, loss, Mode.PREDICTING);
    }

    /**
     * Returns the derivatives for the function that the model trains with in this step; see {@link Derivatives#atStep}.
     */
    public LossDerivatives atStep(long step) {
        return new LossDerivatives(model, loss, Mode.training(step));
    }

    /**
     * Returns the derivatives of the mean loss of this batch, which may have weights for its examples. As in training,
     * examples of weight 0 and of a class that the loss ignores are not computed with; their gradients are 0.
     *
     * @throws io.jacobi.nn.ShapeException if the batch does not fit the model or the loss
     * @throws IllegalArgumentException if the batch has weights and the loss takes none
     */
    public Expansion at(Batch batch) {
        Compatibility.check(model, loss, batch.data(), List.of());
        return new Expansion(model, mode, loss, batch);
    }

    /**
     * Returns the derivatives of the mean loss of these examples, which are copied.
     *
     * @param x {@code [batch, input shape...]} or {@code [batch, elements]}; any type, order or strides
     * @param t {@code [batch]}, such as class indices, or {@code [batch, target shape...]}
     * @throws io.jacobi.nn.ShapeException if the arrays do not fit the model or the loss, or differ in number
     */
    public Expansion at(INDArray x, INDArray t) {
        return at(Batch.of(Inputs.examples(model, x), Inputs.dense(model, t)));
    }

    /** Returns the derivatives for examples as rows, with one target for each; see {@link #at(INDArray, INDArray)}. */
    public Expansion at(double[][] x, double... t) {
        return at(Inputs.matrix(x), Inputs.vector(t));
    }

    /**
     * Returns the derivatives for examples as rows, with a row of targets for each; see
     * {@link #at(INDArray, INDArray)}.
     */
    public Expansion at(double[][] x, double[][] t) {
        return at(Inputs.matrix(x), Inputs.matrix(t));
    }
}
