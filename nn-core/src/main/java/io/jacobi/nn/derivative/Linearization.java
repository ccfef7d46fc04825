package io.jacobi.nn.derivative;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model at one batch of inputs: its output, and the derivatives of the output with respect to input and weights.
 *
 * <pre>
 * y = f(x, w)     f(x + dx, w + dw) ≈ y + ∂f/∂x dx + ∂f/∂w dw
 * </pre>
 *
 * A Jacobian has a row for each output and a column for each input, both in 'c' order; each row takes one backward
 * pass. Returned arrays have the model's data type and belong to the caller.
 *
 * <p>Source: Griewank and Walther 2008, section 3.2 (reverse mode); the names follow JAX and torch.func.
 */
public final class Linearization {

    private final Sequential model;
    private final Mode mode;
    private final INDArray x;
    private final int batch;
    private final int inputs;
    private final int outputs;

    Linearization(Sequential model, Mode mode, INDArray x) {
        this.model = model;
        this.mode = mode;
        this.x = x;
        this.batch = Math.toIntExact(x.size(0));
        this.inputs = Math.toIntExact(model.inputShape().size());
        this.outputs = Math.toIntExact(model.outputShape().size());
    }

    /** Returns y, {@code [batch, output shape...]}. */
    public INDArray output() {
        try (Run run = new Run(model, mode, batch)) {
            run.forward(x, 0);
            INDArray y = Memory.array(model.dataType(), model.outputShape().withBatch(batch));
            Vectors.copy(run.workspace().output(), y);
            return y;
        }
    }

    /**
     * Returns the vector-Jacobian product uᵀ ∂f: the gradient of u·y with respect to the input and to each parameter.
     * It costs one backward pass.
     *
     * @param u {@code [batch, output shape...]} or {@code [batch, outputs]}; any type, order or strides
     * @throws io.jacobi.nn.ShapeException if u does not have the shape of the output
     */
    public Gradient vjp(INDArray u) {
        INDArray cotangent = Inputs.cotangent(model, u, batch);
        try (Run run = new Run(model, mode, batch)) {
            run.forward(x, 0);
            Vectors.copy(cotangent, run.workspace().outputGradient());
            run.backward();
            return Gradient.of(model, run);
        }
    }

    /** Returns the vector-Jacobian product, with u as one row for each example; see {@link #vjp(INDArray)}. */
    public Gradient vjp(double[][] u) {
        return vjp(Inputs.matrix(u));
    }

    /**
     * Returns the Jacobian with respect to the input, for each example: {@code [batch, outputs, inputs]}. It costs one
     * backward pass over the whole batch for each output.
     *
     * @throws UnsupportedOperationException if a layer couples the examples, because no example has its own Jacobian
     *     then
     */
    public INDArray jacobian() {
        mode.coupling(model).ifPresent(this::refuse);
        INDArray jacobian = Memory.array(model.dataType(), batch, outputs, inputs);
        Span to = Span.of(jacobian);
        int[] everyRow = IntStream.range(0, batch).toArray();
        try (Run run = new Run(model, mode, batch)) {
            run.forward(x, 0);
            Span dx = run.span(run.workspace().inputGradient());
            for (int o = 0; o < outputs; o++) {
                // rows do not depend on each other, so one pass serves all of them
                run.backward(o, everyRow);
                for (int n = 0; n < batch; n++) {
                    to.put((n * outputs + o) * inputs, dx, n * inputs, inputs);
                }
            }
        }
        return jacobian;
    }

    private void refuse(int layer) {
        throw new UnsupportedOperationException("Layer " + (layer + 1) + " of "
                + model.layers().size() + ", " + model.label(layer)
                + ", lets the output of each example depend on all examples of the batch,"
                + " so no example has its own Jacobian"
                + "\n  expected a model of independent examples"
                + "\n  fix: batchJacobian() for every output by every input, or Derivatives.predicting()");
    }

    /**
     * Returns the Jacobian of every output with respect to every input of the batch:
     * {@code [batch · outputs, batch · inputs]}. If the examples are independent, only the blocks on the diagonal are
     * not 0; they are equal to {@link #jacobian()}. It costs batch · outputs backward passes.
     */
    public INDArray batchJacobian() {
        INDArray jacobian = Memory.array(model.dataType(), (long) batch * outputs, (long) batch * inputs);
        Span to = Span.of(jacobian);
        try (Run run = new Run(model, mode, batch)) {
            run.forward(x, 0);
            Span dx = run.span(run.workspace().inputGradient());
            for (int row = 0; row < batch * outputs; row++) {
                run.backward(row % outputs, row / outputs);
                to.put(row * dx.length(), dx, 0, dx.length());
            }
        }
        return jacobian;
    }

    /**
     * Returns the Jacobian with respect to one parameter, for each example:
     * {@code [batch, outputs, elements of the parameter]}. It costs batch · outputs backward passes of one example
     * each, or of the whole batch if a layer couples the examples.
     *
     * @throws IllegalArgumentException if there is no parameter of this path, such as {@code 0.weight}
     */
    public INDArray jacobian(String parameter) {
        Parameter p = Gradient.find(model.parameters(), parameter);
        return weightJacobian(
                Math.toIntExact(p.offset()), Math.toIntExact(p.shape().size()));
    }

    /**
     * Returns the Jacobian with respect to all weights, in the layout of {@link Sequential#weights()}:
     * {@code [batch, outputs, weights]}. It costs as much as the Jacobian with respect to a single parameter.
     *
     * @throws UnsupportedOperationException if the model has no weights
     */
    public INDArray weightJacobian() {
        if (model.parameterCount() == 0) {
            throw new UnsupportedOperationException(model + " has no weights\n  expected a model that is trained");
        }
        return weightJacobian(0, Math.toIntExact(model.parameterCount()));
    }

    private INDArray weightJacobian(int offset, int size) {
        INDArray jacobian = Memory.array(model.dataType(), batch, outputs, size);
        Span to = Span.of(jacobian);
        // the gradient of a weight is a sum over the rows of a pass, so independent examples get a pass of one row each
        boolean coupled = mode.coupling(model).isPresent();
        try (Run run = new Run(model, mode, coupled ? batch : 1)) {
            Span gradients = run.span(run.workspace().gradients());
            for (int n = 0; n < batch; n++) {
                if (!coupled || n == 0) {
                    run.forward(x, n);
                }
                for (int o = 0; o < outputs; o++) {
                    run.backward(o, coupled ? n : 0);
                    to.put((n * outputs + o) * size, gradients, offset, size);
                }
            }
        }
        return jacobian;
    }
}
