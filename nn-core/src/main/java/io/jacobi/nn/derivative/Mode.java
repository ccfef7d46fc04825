package io.jacobi.nn.derivative;

import io.jacobi.nn.Layer;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.List;
import java.util.OptionalInt;

/**
 * The function of a model that is differentiated: the one that it trains with, or the one that it predicts with.
 *
 * @param training whether it is the function for training
 * @param step the training step, on which random numbers depend
 */
record Mode(boolean training, long step) {

    /** The first training step. */
    static final Mode TRAINING = new Mode(true, 0);

    static final Mode PREDICTING = new Mode(false, 0);

    static Mode training(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("The training step is " + step + "\n  expected 0 or more");
        }
        return new Mode(true, step);
    }

    /** Computes the output of examples, of which the first is example {@code first} of the whole batch. */
    void forward(Workspace workspace, int first) {
        if (training) {
            workspace.forward(step, first);
        } else {
            workspace.predict();
        }
    }

    /**
     * The index of the first layer that lets examples depend on each other, if there is one; no layer does when
     * predicting.
     */
    OptionalInt coupling(Sequential model) {
        List<Layer> layers = model.layers();
        for (int i = 0; i < layers.size() && training; i++) {
            if (layers.get(i).couplesExamples()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
