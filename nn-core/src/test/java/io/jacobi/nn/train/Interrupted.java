package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.data.Dataset;

/** A run that dies at a step. */
final class Interrupted {

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Interrupted() {}

    /** Trains until step {@code step} is made, and throws before a checkpoint of it is stored. */
    static void run(Trainer trainer, Dataset data, Fit fit, long step) {
        Callback death = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == step) {
                    throw new Death();
                }
            }
        };
        assertThatThrownBy(() -> trainer.fit(data, fit.callbacks(death))).isInstanceOf(Death.class);
    }
}
