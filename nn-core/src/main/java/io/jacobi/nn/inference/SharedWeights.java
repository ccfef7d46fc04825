package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model's weights and states, with a count of their holders: a snapshot, predictors, and workspaces. The model is
 * closed when the last holder lets go.
 */
final class SharedWeights {

    private final Sequential model;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** The weights of this model, which no other code closes. The caller holds them. */
    SharedWeights(Sequential model) {
        this.model = model;
    }

    Sequential model() {
        return model;
    }

    /** Adds a holder; returns false, without effect, if the last one has let go already. */
    boolean hold() {
        return holders.updateAndGet(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            model.close();
        }
    }
}
