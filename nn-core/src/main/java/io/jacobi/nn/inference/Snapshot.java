package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The weights and states of a model as they were at one moment. Nothing changes them: training goes on in the model, and predictors
 * that serve the snapshot do not notice.
 *
 * <pre>{@code
 * try (Snapshot now = Snapshot.of(model)) {
 *     predictor.replace(now);
 * }
 * }</pre>
 *
 * <p>It may be given to several predictors and replaced and given again. Its memory is freed once it is closed, and no predictor
 * serves it, and the last call that computes with it has ended. Any thread may use it.
 */
public final class Snapshot implements AutoCloseable {

    private final SharedWeights weights;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Snapshot(Sequential copy) {
        this.weights = SharedWeights.owned(copy);
    }

    /**
     * Copies the weights and states as they are now; training does not change the copies. Take a snapshot between two steps, on the
     * thread that trains, for instance from a {@link io.jacobi.nn.train.Callback}.
     */
    public static Snapshot of(Sequential model) {
        return new Snapshot(model.copy());
    }

    /**
     * A model of its own with these weights and states, to be trained further or stored.
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

    /** The weights, held once more: whoever asks lets them go. */
    SharedWeights hold() {
        if (closed.get() || !weights.hold()) {
            throw new IllegalStateException("the snapshot is closed"
                    + "\n  expected one that is open"
                    + "\n  fix: hand it over before it is closed, or take another with Snapshot.of(model)");
        }
        return weights;
    }

    /** Lets go of the memory; predictors that serve it go on. */
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
