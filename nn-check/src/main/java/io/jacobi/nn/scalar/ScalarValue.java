package io.jacobi.nn.scalar;

import io.jacobi.nn.loss.Loss;

/**
 * The formula that all losses of one class share; the hyperparameters come with the loss.
 *
 * @param <L> the class
 */
@FunctionalInterface
interface ScalarValue<L extends Loss> {

    /** Returns the mean loss of the batch. */
    <T extends Real<T>> T of(L loss, ScalarBatch<T> batch);
}
