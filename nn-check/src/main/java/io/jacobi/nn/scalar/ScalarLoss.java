package io.jacobi.nn.scalar;

import java.util.List;

/**
 * A loss written a second time, one number after the other. {@link io.jacobi.nn.check.LossCheck} differentiates it with
 * {@link Scalar} and with {@link Dual}. Because the method is generic, an implementation is a class or a method
 * reference, not a lambda:
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
     * Returns the mean loss of the batch.
     *
     * @param prediction {@code [batch, output shape...]}
     * @param target {@code [batch, target shape...]}
     * @param weights one for each example; all 1 if the examples have none
     */
    <T extends Real<T>> T value(Tensor<T> prediction, Tensor<Double> target, List<Double> weights);
}
