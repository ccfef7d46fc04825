package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Layers with statistics and random numbers do not notice examples of weight 0 and of an ignored class. */
class LeftOutFromStatisticsTest {

    private static final int SIZE = 30;
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    /** A third of the examples has features of NaN and the label -100. */
    private static ArrayDataset data(boolean all, boolean weighted) {
        SplittableRandom random = new SplittableRandom(5);
        List<float[]> features = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            float[] row = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            boolean counts = i % 3 != 1;
            if (counts || all) {
                features.add(counts ? row : new float[] {Float.NaN, Float.POSITIVE_INFINITY});
                labels.add(counts ? i % 2 : -100);
                weights.add(counts ? 1f : 0f);
            }
        }
        float[] each = new float[weights.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = weights.get(i);
        }
        ArrayDataset plain = ArrayDataset.of(
                features.toArray(float[][]::new),
                labels.stream().mapToInt(label -> label).toArray());
        return weighted ? plain.withWeights(each) : plain;
    }

    private static Sequential model(DataType type) {
        return Sequential.input(Shape.of(2))
                .add(new Affine(6))
                .add(new BatchNorm())
                .add(new Tanh())
                .add(new Dropout(0.3))
                .add(new Affine(2))
                .build(type, 3);
    }

    private static List<double[]> train(Loss loss, ArrayDataset data) {
        Sequential model = model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, loss, new Adam(0.01))) {
            trainer.fit(data, epochs(4).batchSize(5));
        }
        return List.of(Vectors.toDoubles(model.weights()), Vectors.toDoubles(model.state()));
    }

    @Test
    void weightsAndRunningStatisticsAreTheSameToTheBit() {
        List<double[]> expected = train(LOSS, data(false, false));

        for (List<double[]> actual : List.of(
                train(LOSS, data(true, true)), train(new SoftmaxCrossEntropy().ignoreIndex(-100), data(true, false)))) {
            assertThat(actual.get(0)).as("weights").isEqualTo(expected.get(0));
            assertThat(actual.get(1)).as("running statistics").isEqualTo(expected.get(1));
        }
    }

    @Test
    void aCheckOfTheNetworkIsMadeOnTheExamplesThatCount() {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Affine(4))
                .add(new Sigmoid())
                .add(new Dropout(0.3))
                .add(new Affine(2))
                .build(DataType.DOUBLE, 3);

        GradientCheck.of(model, LOSS).data(data(true, true)).verify();
        GradientCheck.of(model, new SoftmaxCrossEntropy().ignoreIndex(-100))
                .data(data(true, false))
                .verify();
    }
}
