package io.jacobi.nn.derivative;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of one number with respect to a model's input and to each of its weights. The arrays belong to the
 * caller.
 */
public final class Gradient {

    private final INDArray input;
    private final INDArray flat;
    private final List<Parameter> parameters;

    private Gradient(INDArray input, INDArray flat, List<Parameter> parameters) {
        this.input = input;
        this.flat = flat;
        this.parameters = parameters;
    }

    /** Returns a copy of the gradients that backward has written into the buffers. */
    static Gradient of(Sequential model, Run run) {
        INDArray dx = run.workspace().inputGradient();
        INDArray input = Memory.array(model.dataType(), dx.shape());
        Vectors.copy(dx, input);
        INDArray flat = Memory.vector(model.dataType(), model.parameterCount());
        Vectors.copy(run.workspace().gradients(), flat);
        return new Gradient(input, flat, model.parameters());
    }

    /** Returns the same gradient of the weights with another gradient of the input. */
    Gradient withInput(INDArray other) {
        return new Gradient(other, flat, parameters);
    }

    /** The gradient with respect to the input, {@code [batch, input shape...]}. */
    public INDArray input() {
        return input;
    }

    /**
     * The gradient with respect to all weights, {@code [weights]}, in the layout of {@link Sequential#weights()}; empty
     * if there are none.
     */
    public INDArray flat() {
        return flat;
    }

    /**
     * Returns the gradient with respect to one parameter, in the parameter's shape: a view of {@link #flat()}.
     *
     * @throws IllegalArgumentException if there is no parameter of this path, such as {@code 0.weight}
     */
    public INDArray parameter(String path) {
        Parameter p = find(parameters, path);
        return Memory.view(flat, p.offset(), p.shape().dims());
    }

    static Parameter find(List<Parameter> parameters, String path) {
        return parameters.stream()
                .filter(p -> p.path().equals(path))
                .findAny()
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no trained parameter \"" + path + "\"; there are "
                                + parameters.stream().map(Parameter::path).toList()));
    }
}
