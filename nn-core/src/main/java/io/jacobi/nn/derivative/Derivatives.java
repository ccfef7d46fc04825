package io.jacobi.nn.derivative;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.model.Sequential;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivatives of a model's output y = f(x, w) with respect to its input x and its weights w, computed by the
 * layers' own backward passes.
 *
 * <pre>{@code
 * Linearization f = Derivatives.of(model).predicting().at(x);
 * f.jacobian();                              // [batch, outputs, inputs]
 * f.jacobian("0.weight");                    // [batch, outputs, elements of the weight]
 * f.vjp(u).input();                          // [batch, input shape...]
 * }</pre>
 *
 * The function is the one that the model trains with, in its first step, unless {@link #atStep} or {@link #predicting}
 * says otherwise.
 *
 * <p>The model is not changed: each call works on a copy of its weights and states, made at that moment, with buffers
 * of its own, which it frees. Instances are immutable, and there is nothing to close. For the derivatives of a loss see
 * {@link LossDerivatives}. Shapes, costs and uses: docs/derivatives.md.
 */
public final class Derivatives {

    private final Sequential model;
    private final Mode mode;

    private Derivatives(Sequential model, Mode mode) {
        this.model = model;
        this.mode = mode;
    }

    /**
     * Returns the derivatives of this model, FLOAT or DOUBLE, with the weights that it has when a derivative is
     * computed.
     */
    public static Derivatives of(Sequential model) {
        return new Derivatives(model, Mode.TRAINING);
    }

    /**
     * Returns the derivatives of one layer, in double. Its parameters are called {@code 0.weight} and so on;
     * {@link #model} has their values.
     *
     * @param input the shape of one example
     * @param seed the seed that the parameters are drawn with
     * @throws io.jacobi.nn.ShapeException if the layer cannot take this input
     */
    public static Derivatives of(Layer layer, Shape input, long seed) {
        return of(Sequential.input(input).add(layer).build(DataType.DOUBLE, seed));
    }

    /**
     * Returns the derivatives of the function that the model predicts with: without dropout, with stored statistics,
     * examples independent.
     */
    public Derivatives predicting() {
        return new Derivatives(model, Mode.PREDICTING);
    }

    /**
     * Returns the derivatives of the function that the model trains with in this step, counted from 0: dropout has the
     * masks of that step.
     *
     * @throws IllegalArgumentException if the step is negative
     */
    public Derivatives atStep(long step) {
        return new Derivatives(model, Mode.training(step));
    }

    /** The model that is differentiated. */
    public Sequential model() {
        return model;
    }

    /**
     * Returns the derivatives at these examples, which are copied.
     *
     * @param x {@code [batch, input shape...]} or {@code [batch, elements]}; any type, order or strides
     * @throws io.jacobi.nn.ShapeException if the examples do not have the model's input shape
     */
    public Linearization at(INDArray x) {
        return new Linearization(model, mode, Inputs.examples(model, x));
    }

    /** Returns the derivatives at these examples, one per row, with values in 'c' order; see {@link #at(INDArray)}. */
    public Linearization at(double[][] x) {
        return at(Inputs.matrix(x));
    }
}
