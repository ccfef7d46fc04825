package io.jacobi.nn.derivative;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.model.Sequential;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivatives of a model's output y = f(x, w) by its input x and its weights w, made of the layers' own backward passes.
 *
 * <pre>{@code
 * Linearization f = Derivatives.of(model).predicting().at(x);
 * f.jacobian();                              // [batch, outputs, inputs]
 * f.jacobian("0.weight");                    // [batch, outputs, elements of the weight]
 * f.vjp(u).input();                          // [batch, input shape...]
 * }</pre>
 *
 * The function is the one that the model trains with, in its first step, unless {@link #atStep} or {@link #predicting} says otherwise.
 *
 * <p>The model is left alone: what is computed is computed on a copy of its weights and states, taken at that moment. Every call has
 * buffers of its own and frees them. Instances are immutable, and there is nothing to close. For the derivatives of a loss see
 * {@link LossDerivatives}. Shapes, costs and uses: docs/derivatives.md.
 */
public final class Derivatives {

    private final Sequential model;
    private final Mode mode;

    private Derivatives(Sequential model, Mode mode) {
        this.model = model;
        this.mode = mode;
    }

    /** Of this model, FLOAT or DOUBLE, with the weights that it has when a derivative is asked for. */
    public static Derivatives of(Sequential model) {
        return new Derivatives(model, Mode.TRAINING);
    }

    /**
     * Of one layer, in double. Its parameters are called {@code 0.weight} and so on; {@link #model} has their values.
     *
     * @param input the shape of one example
     * @param seed what the parameters are drawn from
     * @throws io.jacobi.nn.ShapeException if the layer cannot take this input
     */
    public static Derivatives of(Layer layer, Shape input, long seed) {
        return of(Sequential.input(input).add(layer).build(DataType.DOUBLE, seed));
    }

    /** Of the function that the model predicts with: dropout is off, statistics are the stored ones, examples are independent. */
    public Derivatives predicting() {
        return new Derivatives(model, Mode.PREDICTING);
    }

    /**
     * Of the function that the model trains with in this step, counted from 0: dropout has the masks of that step.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Derivatives atStep(long step) {
        return new Derivatives(model, Mode.training(step));
    }

    /** What is differentiated. */
    public Sequential model() {
        return model;
    }

    /**
     * At these examples, which are copied.
     *
     * @param x {@code [batch, input shape...]} or {@code [batch, elements]}; any type, order or strides
     * @throws io.jacobi.nn.ShapeException if they are not of the model's input shape
     */
    public Linearization at(INDArray x) {
        return new Linearization(model, mode, Inputs.examples(model, x));
    }

    /** At these examples, one a row, its values in 'c' order; see {@link #at(INDArray)}. */
    public Linearization at(double[][] x) {
        return at(Inputs.matrix(x));
    }
}
