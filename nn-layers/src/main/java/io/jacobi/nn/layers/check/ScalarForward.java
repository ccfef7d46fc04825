package io.jacobi.nn.layers.check;

import io.jacobi.nn.Layer;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;

/**
 * The forward pass that all layers of one class share, one number after another; their hyperparameters come with the layer. A static
 * method fits:
 *
 * <pre>{@code
 * static <T extends Real<T>> Tensor<T> forward(LeakyRelu layer, ScalarPass<T> p) {
 *     return p.x().map(x -> x.value() > 0 ? x : x.times(layer.slope()));
 * }
 * }</pre>
 *
 * @param <L> the class
 */
@FunctionalInterface
public interface ScalarForward<L extends Layer> {

    /** The output of {@code layer} for the whole batch, {@code [batch, output shape...]}, as in training. */
    <T extends Real<T>> Tensor<T> of(L layer, ScalarPass<T> p);
}
