package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A copy of a model's weights and states at one moment. Nothing changes it: training continues in the model, and does
 * not affect predictors that serve the snapshot.
 *
 * <pre>{@code
 * try (Snapshot now = Snapshot.of(model)) {
 *     predictor.replace(now);
 * }
 * }</pre>
 *
 * <p>Several predictors may serve it, one after the other or at the same time. Its memory is freed when it is closed,
 * no predictor serves it, and the last call that computes with it has ended. Any thread may use it.
 */
public final class Snapshot implements AutoCloseable {

    private final SharedWeights weights;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Snapshot(Sequential copy) {
        this.weights = new SharedWeights(copy);
    }

    /**
     * Copies the current weights and states. Take a snapshot between two steps, on the thread that trains, for instance
     * in a {@link io.jacobi.nn.train.Callback}.
     *
     * @throws IllegalStateException if the model is closed
     */
    public static Snapshot of(Sequential model) {
        return new Snapshot(model.copy());
    }

    /**
     * Returns a new model with these weights and states, to train or store it. The caller closes it.
     *
     * @throws IllegalStateException if the snapshot is closed
     */
    public Sequential copy() {
        SharedWeights held = hold();
        try {
            return held.model().copy();
        } finally {
            held.letGo();
        }
    }

    /** Returns the weights with one more hold, which the caller lets go of. */
    SharedWeights hold() {
        if (closed.get() || !weights.hold()) {
            throw new IllegalStateException("the snapshot is closed"
                    + "\n  expected an open snapshot"
                    + "\n  fix: use it before it is closed, or take another with Snapshot.of(model)");
        }
        return weights;
    }

    /** Gives up the memory; predictors that serve the snapshot keep it. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            weights.letGo();
        }
    }

    @Override
    public String toString() {
        return "Snapshot of " + weights.model();
    }
}
