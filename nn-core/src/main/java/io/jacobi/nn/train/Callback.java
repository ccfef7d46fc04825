package io.jacobi.nn.train;

/** Watches a run, and may end it. Called on the thread that called fit. */
public interface Callback {

    /** Before the first batch of an epoch. */
    default void beforeEpoch(Progress progress) {}

    /** After each optimizer step. */
    default void afterStep(Progress progress) {}

    /** After each epoch and its validation. */
    default void afterEpoch(Progress progress, EpochResult result) {}
}
