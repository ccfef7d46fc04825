package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model's weights and states, with a count of their holders: their maker, predictors, and workspaces. The weights of
 * a snapshot are freed when the last holder lets go.
 */
final class SharedWeights {

    private final Sequential model;
    private final boolean freed;
    private final AtomicInteger holders = new AtomicInteger(1);

    private SharedWeights(Sequential model, boolean freed) {
        this.model = model;
        this.freed = freed;
    }

    /** Returns the weights of a model that its user keeps; they are never freed here. The caller holds them. */
    static SharedWeights borrowed(Sequential model) {
        return new SharedWeights(model, false);
    }

    /** Returns the weights of a model that has no other user. The caller holds them. */
    static SharedWeights owned(Sequential model) {
        return new SharedWeights(model, true);
    }

    Sequential model() {
        return model;
    }

    /** Adds a holder; returns false, without effect, if the last one has let go already. */
    boolean hold() {
        return holders.updateAndGet(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0 && freed) {
            model.close();
        }
    }
}
