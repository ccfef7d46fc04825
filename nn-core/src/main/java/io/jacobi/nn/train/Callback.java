package io.jacobi.nn.train;

/**
 * Watches a run, and may end it. It is called on the thread that called fit. Checkpoints hold its {@link #state}; see
 * {@link Resumable}.
 */
public interface Callback extends Resumable {

    /**
     * Called once, before the first step of a run and before a stored run is restored. Refuse here, by an
     * {@link IllegalArgumentException}, settings with which this callback cannot work.
     */
    default void beforeRun(Fit fit) {}

    /**
     * Called before the first batch of an epoch. A run that is resumed within an epoch calls it next before the
     * following epoch.
     */
    default void beforeEpoch(Progress progress) {}

    /** Called after each optimizer step. */
    default void afterStep(Progress progress) {}

    /** Called after each epoch and its validation. */
    default void afterEpoch(Progress progress, EpochResult result) {}

    /**
     * Called once, after the last epoch and its checkpoints, whether a callback stopped the run or not. It is not
     * called if the run ends by an exception.
     */
    default void afterRun(Progress progress) {}
}
