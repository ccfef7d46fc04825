package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batches are shuffled and split over threads, and an error names the row of the data set. */
class ExamplePlacesTest {

    private static final int SIZE = 100;
    private static final int ROW = 57;

    private static Trainer trainer(int threads) {
        return Trainer.of(Toy.model(DataType.FLOAT), new SoftmaxCrossEntropy(), new Sgd(0.1))
                .threads(threads);
    }

    private static ArrayDataset withLabel(int label) {
        int[] labels = Toy.labels(SIZE);
        labels[ROW] = label;
        return ArrayDataset.of(Toy.features(SIZE), labels);
    }

    private static ArrayDataset withFeature(float value) {
        float[][] features = Toy.features(SIZE);
        features[ROW][1] = value;
        return ArrayDataset.of(features, Toy.labels(SIZE));
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void anImpossibleLabelIsNamedByItsRow(int threads) {
        try (Trainer trainer = trainer(threads)) {
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() -> trainer.fit(withLabel(2), epochs(1).batchSize(32)))
                    .withMessageStartingWith("The target of row 57 of the data set is class 2\n")
                    .withMessageContaining("fix: labels start at 0");
        }
    }

    @Test
    void aRowOfTheValidationSetIsNamedAsThat() {
        try (Trainer trainer = trainer(1)) {
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() -> trainer.fit(Toy.points(8), epochs(1).validation(withLabel(-3))))
                    .withMessageStartingWith("The target of row 57 of the validation set is class -3\n");
        }
        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> Evaluator.evaluate(
                        Toy.model(DataType.FLOAT), new SoftmaxCrossEntropy(), withLabel(-3), List.of()))
                .withMessageStartingWith("The target of row 57 of the data set is class -3\n");
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void aFeatureThatIsNotFiniteIsNamedByRowAndElement(int threads) {
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            try (Trainer trainer = trainer(threads)) {
                assertThatExceptionOfType(NonFiniteLossException.class)
                        .isThrownBy(
                                () -> trainer.fit(withFeature(value), epochs(1).batchSize(32)))
                        .withMessageContainingAll(
                                "first input that is not finite: feature[1] is " + value
                                        + ", as FLOAT, in row 57 of the data set",
                                "first output that is not finite: layer 1 of 3, Dense(8)",
                                "fix: correct the row, leave it out, or give it the weight 0");
            }
        }
    }

    @Test
    void aDoubleThatIsInfiniteAsAFloatIsNamed() {
        double[] features = TestArrays.normals(1, 8);
        features[5] = 1e300;
        Dataset data = ArrayDataset.of(
                TestArrays.of(DataType.DOUBLE, features, 4, 2), TestArrays.vector(DataType.FLOAT, 0, 1, 0, 1));
        try (Trainer trainer = trainer(1)) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.fit(data, epochs(1)))
                    .withMessageContaining("feature[1] is Infinity, as FLOAT, in row 2 of the data set");
        }
    }

    @Test
    void anElementOfATargetThatLossesRefuseIsNamedByItsRow() {
        Sequential model = Sequential.input(Shape.of(1)).add(new Dense(2)).build(DataType.DOUBLE, 1);
        Dataset data = ArrayDataset.of(
                TestArrays.of(DataType.DOUBLE, new double[] {1, 2, 3}, 3, 1),
                TestArrays.of(DataType.DOUBLE, new double[] {1, 2, 3, Double.NaN, 5, 6}, 3, 2));
        try (Trainer trainer = Trainer.of(model, new MeanSquaredError(), new Sgd(0.1))) {
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() -> trainer.step(new Batch(data, new int[] {2, 1}, 0, 2)))
                    .withMessageStartingWith("The target of row 1 of the data set is NaN for output 1\n");
        }
    }

    @Test
    void anOverflowOfTheModelIsNotBlamedOnTheData() {
        Sequential model = Toy.model(DataType.FLOAT);
        Vectors.set(model.value("2.bias"), new double[] {Double.NaN, 0});
        try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1))) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.fit(Toy.points(8), epochs(1)))
                    .withMessageNotContaining("first input")
                    .withMessageContaining("the batch has no NaN and no infinity");
        }
    }

    /** A loss of one's own may throw any exception; its numbers count from the start of its part of the batch. */
    @Test
    void anExceptionThatNamesNoExampleSaysWhereThePartBegins() {
        Loss own = new Loss() {
            @Override
            public void check(Shape prediction, Shape target) {}

            @Override
            public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
                if (t.getDouble(2) == 1) {
                    throw new IllegalArgumentException("example 2 is odd");
                }
                return 0;
            }
        };
        try (Trainer trainer =
                Trainer.of(Toy.model(DataType.FLOAT), own, new Sgd(0.1)).threads(2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.step(new Batch(Toy.points(6), new int[] {0, 0, 0, 0, 0, 1}, 0, 6)))
                    .withMessage("Counting from example 3 of the whole batch: example 2 is odd");
        }
    }

    @Test
    void aMetricNamesTheRowToo() {
        Metric choosy = new Metric() {
            @Override
            public String name() {
                return "choosy";
            }

            @Override
            public Accumulator start() {
                return new Accumulator() {
                    @Override
                    public void add(INDArray prediction, INDArray target, Scratch scratch) {
                        for (int i = 0; i < target.length(); i++) {
                            if (target.getDouble(i) == 1) {
                                throw new ExampleException("", i, " is odd");
                            }
                        }
                    }

                    @Override
                    public double value() {
                        return 0;
                    }
                };
            }
        };
        int[] labels = new int[SIZE];
        labels[ROW] = 1;
        ArrayDataset data = ArrayDataset.of(Toy.features(SIZE), labels);
        try (Trainer trainer = trainer(3)) {
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() -> trainer.fit(data, epochs(1).metrics(choosy)))
                    .withMessage("row 57 of the data set is odd");
        }
        assertThat(data.requireFinite()).isSameAs(data);
    }
}
