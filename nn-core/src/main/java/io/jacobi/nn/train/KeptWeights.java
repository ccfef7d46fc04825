package io.jacobi.nn.train;

import io.jacobi.nn.math.HeapCopy;
import io.jacobi.nn.model.Sequential;

/** A copy of a model's weights and states in memory, as much as the model has. */
final class KeptWeights {

    private final HeapCopy weights = new HeapCopy();
    private final HeapCopy states = new HeapCopy();
    private int epoch;

    /** The epoch after which the copy was made; 0 if there is no copy. */
    int epoch() {
        return epoch;
    }

    void clear() {
        epoch = 0;
    }

    void keep(Sequential model, int afterEpoch) {
        weights.keep(model.weights());
        states.keep(model.state());
        epoch = afterEpoch;
    }

    /** Puts the copy into the model that it was made of, or another of the same layers and data type. */
    void putInto(Sequential model) {
        weights.putInto(model.weights());
        states.putInto(model.state());
    }

    /** Refuses a run that is resumed: the weights of its earlier epochs are gone. */
    static void requireNotResumed(String who, Fit fit) {
        if (fit.resume().isPresent()) {
            throw new IllegalArgumentException(who + " keeps the best weights in memory, and "
                    + fit.resume().get()
                    + " does not have them\n  expected a run that starts"
                    + "\n  fix: keep the best weights in a file: Checkpoint.in(directory).best(\"loss\", Mode.MIN)");
        }
    }
}
