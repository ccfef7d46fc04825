package io.jacobi.nn.train;

/** Watches a run, and may end it. Called on the thread that called fit. What it {@link #state remembers} is in checkpoints. */
public interface Callback extends Resumable {

    /** Before the first batch of an epoch; a run that is resumed within an epoch calls it before the next one. */
    default void beforeEpoch(Progress progress) {}

    /** After each optimizer step. */
    default void afterStep(Progress progress) {}

    /** After each epoch and its validation. */
    default void afterEpoch(Progress progress, EpochResult result) {}
}
