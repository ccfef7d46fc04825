package io.jacobi.nn.tabular;

import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;

/** Takes part in a {@link TabularTraining}: changes the schema that was inferred, watches the run, stores it. */
public interface TrainingHook {

    /** Changes nothing. */
    TrainingHook NONE = new TrainingHook() {};

    /**
     * Called when a schema was inferred. If the returned schema is another one, the table is read once more, for what
     * its columns now need.
     */
    default Schema schema(Schema inferred) {
        return inferred;
    }

    /** Returns the plan of the run, {@code run.plan()}, with metrics, callbacks and checkpoints of one's own. */
    default Fit plan(TabularRun run) {
        return run.plan();
    }

    /** Called when the run has ended. */
    default void done(History history) {}
}
