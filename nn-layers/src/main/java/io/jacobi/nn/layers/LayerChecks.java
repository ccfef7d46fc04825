package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.init.Initializer;
import io.jacobi.nn.layers.scalar.ScalarLayers;
import java.util.List;

/**
 * A gradient check for every layer of this package, in the configurations that take different paths through its code. The tests
 * run them, and so does {@code jacobi gradcheck}; a layer that is not here is not supported.
 */
public final class LayerChecks {

    private LayerChecks() {}

    /** All checks, in the order of the alphabet. */
    public static List<GradientCheck> all() {
        return List.of(
                on(new Affine(3), 5),
                on(new Affine(4).withoutBias(), 2),
                on(new AvgPool2d(2), 2, 4, 6),
                on(new BatchNorm(), 4).batches(2, 5),
                on(new BatchNorm(), 3, 2, 4).batches(1, 3),
                on(Chain.of(new Affine(4), new Tanh(), new Affine(2)), 3),
                on(new Conv2d(3, 3).withPadding(1), 2, 4, 5),
                on(new Conv2d(4, 2).withStride(2).withoutBias(), 2, 5, 6),
                on(new Dropout(0.5), 9),
                on(new Elu(), 7),
                on(new Embedding(4, 3), 6).inputs(indices(4)).parametersOnly(),
                on(new Flatten(), 2, 3, 4),
                on(new Gelu(), 7),
                on(Gelu.tanh(), 7),
                on(new GlobalAvgPool2d(), 2, 3, 4),
                on(new Gru(4), 5, 3),
                on(new Gru(4).withAllStates(), 5, 3),
                on(new HardTanh(), 7),
                on(new LayerNorm(), 2, 6),
                on(new LayerNorm().overWholeExample(), 2, 3),
                on(new LeakyRelu(), 7),
                on(new LogSoftmax(), 2, 5),
                on(new Lstm(4), 5, 3),
                on(new Lstm(4).withAllStates(), 5, 3),
                on(new MaxPool2d(2), 2, 4, 6),
                on(new MaxPool2d(3).withStride(2).withPadding(1), 2, 5, 5),
                on(new Relu(), 2, 3),
                on(new Reshape(6, 4), 2, 3, 4),
                on(Residual.of(new Affine(4), new Tanh(), new Affine(3)), 3),
                on(Residual.of(Chain.of(new Affine(3), new Relu()), Residual.of(new Sigmoid())), 3),
                on(new Selu(), 7),
                on(new Sigmoid(), 7),
                on(new Silu(), 7),
                on(new Softmax(), 2, 5),
                on(new Softplus(), 7),
                on(new Tanh(), 7));
    }

    private static GradientCheck on(Layer layer, long... input) {
        return GradientCheck.of(layer).input(Shape.of(input)).scalars(ScalarLayers.of(layer));
    }

    /** Numbers that an embedding of so many rows can look up. */
    private static Initializer indices(int vocabulary) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(vocabulary);
            }
        };
    }
}
