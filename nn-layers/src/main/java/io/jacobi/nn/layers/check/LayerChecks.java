package io.jacobi.nn.layers.check;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Concat;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.GlobalAvgPool2d;
import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.LogSoftmax;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Slice;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gradient check for every layer of this package, in the configurations that take different paths through its code, each with its
 * scalar twin. The tests run them, and so does {@code jacobi gradcheck}; a layer that is not here is not supported.
 */
public final class LayerChecks {

    private LayerChecks() {}

    /** All checks, family by family. */
    public static List<LayerCheck> all() {
        return Stream.of(basics(), activations(), normalizations(), images(), sequences(), composites())
                .flatMap(List::stream)
                .toList();
    }

    private static List<LayerCheck> basics() {
        return List.of(
                on(new Affine(3), 5),
                on(new Affine(4).withoutBias(), 2),
                on(new Affine(3), 4, 2), // the last dimension of higher ranks
                on(new Affine(2).withoutBias(), 2, 3, 4),
                on(new Dropout(0.5), 9),
                on(new Dropout(0.1), 2, 3),
                on(new Dropout(0), 3),
                onIndices(new Embedding(4, 3), 4, 6), // fewer words than positions: some are repeated
                onIndices(new Embedding(10, 2), 10, 2, 3),
                onIndices(new Embedding(3, 5), 3),
                onIndices(new Embedding(1, 1), 1, 2),
                on(new Flatten(), 2, 3, 4),
                on(new Reshape(6, 4), 2, 3, 4),
                on(new Reshape(-1, 2), 2, 3),
                on(new Reshape(), 1),
                on(new Slice(2, 5), 7),
                on(new Slice(0, 1), 2, 3),
                on(new Slice(1, 3), 3, 2, 2));
    }

    private static List<LayerCheck> activations() {
        return List.of(
                on(new Elu(), 7),
                on(new Elu(0.4), 2, 3).withKinks(),
                on(new Gelu(), 7),
                on(Gelu.tanh(), 2, 3),
                on(new HardTanh(), 7).withKinks(),
                on(new HardTanh(-0.3, 0.7), 2, 3).withKinks(),
                on(new LeakyRelu(), 7).withKinks(),
                on(new LeakyRelu(0.3), 2, 3).withKinks(),
                on(new LeakyRelu(0), 7).withKinks(),
                on(new LogSoftmax(), 5).shiftInvariant(),
                on(new LogSoftmax(), 1).shiftInvariant(),
                on(new LogSoftmax(), 2, 3, 4).shiftInvariant(),
                on(new Relu(), 2, 3).withKinks(),
                on(new Selu(), 7).withKinks(),
                on(new Sigmoid(), 7),
                on(new Silu(), 7),
                on(new Softmax(), 5).shiftInvariant(),
                on(new Softmax(), 1).shiftInvariant(),
                on(new Softmax(), 2, 3, 4).shiftInvariant(),
                on(new Softplus(), 7),
                on(new Softplus(2.5), 2, 3),
                on(new Tanh(), 7));
    }

    private static List<LayerCheck> normalizations() {
        return List.of(
                on(new BatchNorm(), 4).batches(3, 5),
                on(new BatchNorm(), 3, 2, 4).batches(1, 3),
                // two values have their digits in a large ε: what a small one leaves is 1e-5 of the terms that it is
                // left from
                on(new BatchNorm(0.1, 0.3), 4).batches(2, 5),
                on(new LayerNorm(), 5).shiftInvariant(),
                on(new LayerNorm(), 2, 6).shiftInvariant(),
                on(new LayerNorm(false, 0.3), 2).shiftInvariant(),
                on(new LayerNorm().overWholeExample(), 2, 3).shiftInvariant(2));
    }

    private static List<LayerCheck> images() {
        return List.of(
                on(new AvgPool2d(2), 2, 4, 5),
                on(new AvgPool2d(3).withStride(2).withPadding(1), 2, 5, 4),
                on(new AvgPool2d(2, 3, 1, 2, 1, 0), 1, 3, 5),
                on(new Conv2d(3, 3), 2, 5, 4),
                on(new Conv2d(3, 3).withPadding(1), 2, 4, 5),
                on(new Conv2d(2, 3).withPadding(1), 1, 4, 4),
                on(new Conv2d(2, 3).withStride(2).withPadding(1), 2, 5, 6),
                on(new Conv2d(4, 2).withStride(2).withoutBias(), 2, 5, 6),
                on(new Conv2d(2, 3).withDilation(2).withPadding(2), 2, 5, 4),
                on(new Conv2d(2, 3, 2).withStride(1, 3).withPadding(2, 1).withDilation(2, 1), 2, 4, 7),
                on(new Conv2d(3, 2, 4).withoutBias(), 2, 2, 4),
                on(new Conv2d(4, 1), 3, 2, 3),
                on(new Conv2d(4, 1).withStride(2), 3, 3, 3),
                on(new Conv2d(4, 3).withPadding(1).withGroups(2), 4, 3, 3),
                on(new Conv2d(3, 2).withGroups(3), 3, 3, 3),
                on(new Conv2d(4, 1).withGroups(2), 2, 2, 2),
                // channels enough for products with slices
                on(new Conv2d(2, 3).withPadding(1), 11, 3, 2),
                on(
                        new Conv2d(4, 2, 3)
                                .withDilation(2)
                                .withStride(1, 2)
                                .withGroups(2)
                                .withoutBias(),
                        22,
                        3,
                        5),
                on(new Conv2d(1, 1).withPadding(3).withStride(20), 1, 5, 5), // a window in the padding alone
                on(new GlobalAvgPool2d(), 3, 2, 3),
                on(new MaxPool2d(2), 2, 4, 5).withKinks(),
                on(new MaxPool2d(3).withStride(2).withPadding(1), 2, 5, 4).withKinks(),
                on(new MaxPool2d(2, 3, 1, 2, 1, 0), 1, 3, 5).withKinks());
    }

    /** One step and many, one feature and more, one unit and more, the last state and all states. */
    private static List<LayerCheck> sequences() {
        return Stream.of(
                        List.<Layer>of(new Lstm(1), new Lstm(4), new Lstm(4).withAllStates()),
                        List.<Layer>of(new Gru(1), new Gru(4), new Gru(4).withAllStates()))
                .flatMap(List::stream)
                .flatMap(layer -> Stream.of(on(layer, 1, 1), on(layer, 1, 3), on(layer, 2, 1), on(layer, 7, 5)))
                .toList();
    }

    private static List<LayerCheck> composites() {
        return List.of(
                on(Chain.of(new Affine(4), new Tanh(), new Affine(2)), 3),
                on(Chain.of(new Affine(6), new Dropout(0.4), new Gelu(), new Affine(3)), 4),
                on(Chain.of(new Conv2d(2, 3).withPadding(1), new Tanh(), new AvgPool2d(2), new Flatten()), 1, 4, 4),
                on(Chain.of(new Affine(4).withoutBias(), new BatchNorm(), new Silu()), 3)
                        .batches(4),
                onIndices(
                        Chain.of(new Embedding(5, 3), new Flatten(), new Affine(4), new Silu(), new LogSoftmax()),
                        5,
                        2),
                on(Chain.of(new Lstm(3).withAllStates(), new Lstm(4)), 4, 2),
                on(Chain.of(new Gru(3).withAllStates(), new Affine(2), new LogSoftmax()), 4, 2),
                on(
                        Chain.of(new Gru(3).withAllStates(), new Gru(4).withAllStates(), new Flatten(), new Affine(2)),
                        4,
                        2),
                on(Residual.of(new Affine(4), new Tanh(), new Affine(3)), 3),
                on(Residual.of(Chain.of(new Affine(3), new Relu()), Residual.of(new Sigmoid())), 3)
                        .withKinks(),
                on(Residual.of(new Lstm(2).withAllStates(), new Gru(2).withAllStates()), 4, 2),
                on(Concat.of(new Affine(2), Chain.of(new Affine(3), new Tanh())), 4),
                on(Concat.of(new Sigmoid()), 3),
                on(Concat.of(new Dropout(0.4), Concat.of(new Dropout(0.4), new Affine(1))), 4),
                on(Concat.of(new Conv2d(2, 3).withPadding(1), new Silu(), new Conv2d(1, 1)), 2, 3, 4),
                on(Concat.of(new Lstm(3), new Gru(2)), 4, 2),
                on(Concat.of(new Affine(2), Chain.of(new Affine(3).withoutBias(), new BatchNorm())), 3)
                        .batches(4),
                onIndices(Concat.of(new Embedding(5, 2), new Embedding(5, 2)), 5, 3));
    }

    /** Smooth, and held to five points, unless {@link LayerCheck#withKinks} is said of it. */
    private static LayerCheck on(Layer layer, long... input) {
        return GradientCheck.of(layer).input(Shape.of(input)).scalars(ScalarLayers.of(layer));
    }

    /** On the numbers of that many words, which nothing can be differentiated by. */
    private static LayerCheck onIndices(Layer layer, int vocabulary, long... input) {
        Initializer indices = (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(vocabulary);
            }
        };
        return on(layer, input).inputs(indices).parametersOnly();
    }
}
