package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's weights and states, and how many hold them: whoever made them, predictors, and workspaces that compute with them. Those
 * of a snapshot are freed when the last holder lets go.
 */
final class SharedWeights {

    private final Sequential model;
    private final boolean freed;
    private final AtomicInteger holders = new AtomicInteger(1);

    private SharedWeights(Sequential model, boolean freed) {
        this.model = model;
        this.freed = freed;
    }

    /** Those of a model that its user goes on using; they are never freed here. Whoever calls this holds them. */
    static SharedWeights borrowed(Sequential model) {
        return new SharedWeights(model, false);
    }

    /** Those of a model that nobody else has. Whoever calls this holds them. */
    static SharedWeights owned(Sequential model) {
        return new SharedWeights(model, true);
    }

    Sequential model() {
        return model;
    }

    /** One holder more, unless the last has let go already. */
    boolean hold() {
        return holders.updateAndGet(n -> n == 0 ? 0 : n + 1) > 0;
    }

    private static void free(INDArray vector) {
        if (!vector.isEmpty()) {
            vector.close();
        }
    }

    void letGo() {
        if (holders.decrementAndGet() == 0 && freed) {
            free(model.weights());
            free(model.state());
        }
    }
}
