package io.jacobi.nn.derivative;

import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and backward passes on a copy of a model. What is done to the weights and to running statistics is done to the copy: the
 * model stays as it was whatever happens here, and may serve others meanwhile.
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

    /** Computes the output of as many examples of {@code x} as this holds, from the one at {@code first}. */
    void forward(INDArray x, int first) {
        long size = copy.inputShape().size();
        Vectors.copy(x, first * size, workspace.input(), 0, workspace.batch() * size);
        mode.forward(workspace, first);
    }

    /** Computes the output of what the workspace's input holds. */
    void forward() {
        mode.forward(workspace, 0);
    }

    /** From what the workspace's output gradient holds, computes the gradients of input and weights. */
    void backward() {
        workspace.clearGradients();
        workspace.backward();
    }

    /** The same with a 1 at one output of these examples, and 0 elsewhere. */
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
        free(copy.weights());
        free(copy.state());
    }

    private static void free(INDArray vector) {
        if (!vector.isEmpty()) {
            vector.close();
        }
    }
}
