package io.jacobi.nn.derivative;

import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and backward passes on a copy of a model. Changes of weights and running statistics happen in the copy, so
 * the model stays as it is, and other threads may use it at the same time.
 */
final class Run implements AutoCloseable {

    private final Sequential copy;
    private final Mode mode;
    private final Workspace workspace;

    Run(Sequential model, Mode mode, int batch) {
        this.copy = model.copy();
        this.mode = mode;
        this.workspace = Workspace.withInputGradient(copy, batch);
    }

    Workspace workspace() {
        return workspace;
    }

    INDArray weights() {
        return copy.weights();
    }

    /**
     * Computes the output of the examples of {@code x} that fit into the workspace, starting with example
     * {@code first}.
     */
    void forward(INDArray x, int first) {
        long size = copy.inputShape().size();
        Vectors.copy(x, first * size, workspace.input(), 0, workspace.batch() * size);
        mode.forward(workspace, first);
    }

    /** Computes the output of the examples in the workspace's input. */
    void forward() {
        mode.forward(workspace, 0);
    }

    /** Computes the gradients of input and weights from the workspace's output gradient. */
    void backward() {
        workspace.clearGradients();
        workspace.backward();
    }

    /** Computes the gradients of one output of these examples: its output gradient is 1, and 0 elsewhere. */
    void backward(int output, int... rows) {
        Span dy = span(workspace.outputGradient());
        int outputs = dy.length() / workspace.batch();
        Vectors.fill(workspace.scratch(), workspace.outputGradient(), 0);
        for (int row : rows) {
            dy.set(row * outputs + output, 1);
        }
        backward();
    }

    Span span(INDArray array) {
        return workspace.scratch().span(array);
    }

    @Override
    public void close() {
        workspace.close();
        copy.close();
    }
}
