package io.jacobi.nn.layers.check;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.init.Initializers;
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
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarLosses;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A check for a small network of every kind that is trained with this package: each loss at least once, penalties alone and together,
 * examples with weights. The tests run them, and so does {@code jacobi gradcheck}.
 */
public final class NetworkChecks {

    /** Odd, so that no number of threads divides it. */
    private static final int EXAMPLES = 7;

    private static final long SEED = 7;

    private static final List<Double> SHARES = List.of(0.2, 0.5, 0.3);

    private static final Initializer NUMBERS = Initializers.normal(0, 1);

    private NetworkChecks() {}

    /** All checks: for classes, for numbers, for sequences. */
    public static List<NetworkCheck> all() {
        return List.of(
                perceptron(),
                perceptronWithDropout(),
                images(),
                imagesWithBatchNorm(),
                residualBlocks(),
                branches(),
                regression(),
                robustRegression(),
                autoencoder(),
                lstm(),
                gru(),
                words());
    }

    private static NetworkCheck perceptron() {
        return check(
                "MNIST MLP",
                new SoftmaxCrossEntropy(),
                data(NUMBERS, Shape.of(12), indices(4), Shape.of()),
                new Affine(8),
                new Relu(),
                new Affine(6),
                new Relu(),
                new Affine(4));
    }

    private static NetworkCheck perceptronWithDropout() {
        return check(
                        "MNIST MLP with dropout",
                        new SoftmaxCrossEntropy(0.1),
                        data(NUMBERS, Shape.of(12), indices(4), Shape.of()),
                        new Affine(8),
                        new Relu(),
                        new Dropout(0.3),
                        new Affine(6),
                        new Relu(),
                        new Dropout(0.3),
                        new Affine(4))
                .penalties(Penalty.l2(0.01));
    }

    private static NetworkCheck images() {
        return check(
                "MNIST CNN",
                new SoftmaxCrossEntropy(),
                data(NUMBERS, Shape.of(1, 6, 6), indices(4), Shape.of()),
                new Conv2d(3, 3).withPadding(1),
                new Relu(),
                new MaxPool2d(2),
                new Conv2d(4, 3).withPadding(1),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Affine(6),
                new Relu(),
                new Affine(4));
    }

    private static NetworkCheck imagesWithBatchNorm() {
        return check(
                        "CNN with batch normalization",
                        new SoftmaxCrossEntropy().withClassWeights(1, 2, 0.5),
                        data(NUMBERS, Shape.of(2, 4, 4), indices(3), Shape.of()),
                        new Conv2d(3, 3).withPadding(1).withoutBias(),
                        new BatchNorm(),
                        new LeakyRelu(),
                        new AvgPool2d(2),
                        new Conv2d(4, 2).withoutBias(),
                        new BatchNorm(),
                        new Silu(),
                        new GlobalAvgPool2d(),
                        new Affine(3))
                .penalties(Penalty.l2(0.02));
    }

    private static NetworkCheck residualBlocks() {
        return check(
                        "residual blocks with layer normalization",
                        new KullbackLeibler(),
                        data(NUMBERS, Shape.of(5), NetworkChecks::shares, Shape.of(3)),
                        Residual.of(new LayerNorm(), new Affine(7), new Gelu(), new Affine(5)),
                        Residual.of(new LayerNorm(), new Affine(4), new Dropout(0.2), new Selu(), new Affine(5)),
                        new LayerNorm(),
                        new Affine(3),
                        new LogSoftmax())
                .optimizer(new Adam(0.01));
    }

    /** The first layer needs no dx, the second one does. */
    private static NetworkCheck branches() {
        return check(
                "branches",
                new MeanSquaredError(),
                data(NUMBERS, Shape.of(4), NUMBERS, Shape.of(2)),
                Concat.of(new Affine(3), Chain.of(new Affine(2), new Tanh())),
                Concat.of(new Sigmoid(), new Affine(2).withoutBias()),
                new Affine(2));
    }

    private static NetworkCheck regression() {
        return check(
                        "regression with weighted examples",
                        new MeanSquaredError(),
                        data(NUMBERS, Shape.of(4), NUMBERS, Shape.of(2)).withWeights(1, 0.5f, 2, 3, 0, 1, 0.7f),
                        new Affine(6),
                        new Tanh(),
                        new Affine(2))
                .penalties(Penalty.l1(0.02), Penalty.l2(0.03));
    }

    private static NetworkCheck robustRegression() {
        return check(
                        "robust regression",
                        new Huber(0.5),
                        data(NUMBERS, Shape.of(4), NUMBERS, Shape.of(1)),
                        new Affine(6),
                        new Elu(),
                        new Affine(1))
                .penalties(Penalty.l1(0.02).ofAll());
    }

    private static NetworkCheck autoencoder() {
        return check(
                "autoencoder",
                new MeanAbsoluteError(),
                data(NUMBERS, Shape.of(5), Initializers.uniform(0, 1), Shape.of(5)),
                new Affine(3),
                new Softplus(),
                new Affine(5),
                new Sigmoid());
    }

    private static NetworkCheck lstm() {
        return check(
                "LSTM classifier",
                new NegativeLogLikelihood(),
                data(NUMBERS, Shape.of(5, 2), indices(3), Shape.of()),
                new Lstm(4),
                new Affine(3),
                new LogSoftmax());
    }

    private static NetworkCheck gru() {
        return check(
                "GRU classifier",
                new BinaryCrossEntropy(),
                data(NUMBERS, Shape.of(5, 2), indices(2), Shape.of(1)),
                new Gru(3).withAllStates(),
                new Gru(4),
                new Affine(1));
    }

    private static NetworkCheck words() {
        return check(
                        "next word",
                        new SoftmaxCrossEntropy(),
                        data(indices(6), Shape.of(3), indices(6), Shape.of()),
                        new Embedding(6, 3),
                        new Flatten(),
                        new Affine(5),
                        new HardTanh(-2, 2),
                        new Affine(6))
                .parametersOnly();
    }

    private static NetworkCheck check(String name, Loss loss, ArrayDataset data, Layer... layers) {
        Sequential.Builder builder = Sequential.input(data.features());
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return GradientCheck.of(builder.build(DataType.DOUBLE, SEED), loss)
                .named(name)
                .data(data)
                .scalars(ScalarLayers.of(Chain.of(layers)), ScalarLosses.of(loss));
    }

    private static ArrayDataset data(Initializer inputs, Shape input, Initializer targets, Shape target) {
        SplittableRandom random = new SplittableRandom(SEED);
        return ArrayDataset.of(drawn(inputs, input, random), drawn(targets, target, random));
    }

    private static INDArray drawn(Initializer source, Shape shape, SplittableRandom random) {
        INDArray array = Memory.array(DataType.DOUBLE, shape.withBatch(EXAMPLES));
        double[] values = new double[Math.toIntExact(array.length())];
        source.fill(values, shape, random);
        Vectors.set(array, values);
        return array;
    }

    /** Classes or words, each as likely as another. */
    private static Initializer indices(int count) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(count);
            }
        };
    }

    /** Rows of probabilities for three classes, another one the likeliest in each. */
    private static void shares(double[] values, Shape shape, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = SHARES.get((i / 3 + i) % 3);
        }
    }
}
