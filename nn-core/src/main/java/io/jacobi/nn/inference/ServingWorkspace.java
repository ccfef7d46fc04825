package io.jacobi.nn.inference;

import io.jacobi.nn.model.Workspace;

/** A workspace for inference and its weights, which it holds until it moves to other weights or is closed. */
final class ServingWorkspace {

    private SharedWeights weights;
    private Workspace workspace;

    /** Takes over the caller's hold of {@code weights}. */
    ServingWorkspace(SharedWeights weights, int batch) {
        this.weights = weights;
        this.workspace = Workspace.forInference(weights.model(), batch);
    }

    Workspace workspace() {
        return workspace;
    }

    SharedWeights weights() {
        return weights;
    }

    /** Moves the memory to other weights. Takes over the caller's hold of {@code next}. */
    void moveTo(SharedWeights next) {
        SharedWeights before = weights;
        weights = next;
        try {
            workspace = workspace.over(next.model());
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            before.letGo();
        }
    }

    void close() {
        workspace.close();
        weights.letGo();
    }
}
