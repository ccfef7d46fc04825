package io.jacobi.nn.scalar;

import java.util.List;

/**
 * A loss once more, one number after the other: what {@link io.jacobi.nn.check.LossCheck} differentiates by {@link Scalar} and by
 * {@link Dual}. As the method is generic, an implementation is a class or a method reference, and not a lambda:
 *
 * <pre>{@code
 * static <T extends Real<T>> T meanSquare(Tensor<T> y, Tensor<Double> t, List<Double> weights) {
 *     int outputs = y.size() / y.dim(0);
 *     List<T> terms = IntStream.range(0, y.size())
 *             .mapToObj(i -> y.at(i).minus(t.at(i)).square().times(weights.get(i / outputs)))
 *             .toList();
 *     return Real.sum(terms).over(outputs * weights.stream().mapToDouble(w -> w).sum());
 * }
 * }</pre>
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
