package io.jacobi.nn.scalar;

import java.util.List;

/**
 * A loss once more, one number after the other: what {@link io.jacobi.nn.check.LossCheck} differentiates by {@link Scalar} and by
 * {@link Dual}.
 */
@FunctionalInterface
public interface ScalarLoss {

    /**
     * The mean loss of the batch.
     *
     * @param prediction {@code [batch, output shape...]}
     * @param target {@code [batch, target shape...]}
     * @param weights one for each example; all 1 if they have none
     */
    <T extends Real<T>> T value(Tensor<T> prediction, Tensor<Double> target, List<Double> weights);
}
