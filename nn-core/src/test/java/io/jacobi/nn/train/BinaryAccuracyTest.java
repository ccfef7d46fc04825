package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class BinaryAccuracyTest {

    private static final double NAN = Double.NaN;

    private static double of(Metric metric, DataType type, int outputs, double[] y, double... t) {
        Metric.Accumulator share = metric.start();
        int batch = y.length / outputs;
        INDArray targets = outputs == 1 ? TestArrays.vector(type, t) : TestArrays.of(type, t, batch, outputs);
        share.add(TestArrays.of(type, y, batch, outputs), targets, new Scratch());
        return share.value();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aLogitAboveZeroIsAYes(DataType type) {
        double[] logits = {3, -2, 0.1, -0.1, 0};

        assertThat(of(new BinaryAccuracy(), type, 1, logits, 1, 0, 1, 0, 0)).isEqualTo(1);
        assertThat(of(new BinaryAccuracy(), type, 1, logits, 1, 1, 0, 0, 1)).isEqualTo(0.4);
    }

    @Test
    void aProbabilityAboveOneHalfIsAYes() {
        double[] probabilities = {0.9, 0.1, 0.51, 0.5};

        assertThat(of(BinaryAccuracy.ofProbabilities(), DataType.FLOAT, 1, probabilities, 1, 0, 1, 0))
                .isEqualTo(1);
        assertThat(of(BinaryAccuracy.ofProbabilities(), DataType.FLOAT, 1, probabilities, 0, 0, 0, 1))
                .isEqualTo(0.25);
    }

    @Test
    void severalLabelsPerExampleCountOneByOne() {
        double[] logits = {2, -1, 3, -4, -5, 6};

        assertThat(of(new BinaryAccuracy(), DataType.FLOAT, 3, logits, 1, 0, 1, 0, 0, 1))
                .as("perfect rows")
                .isEqualTo(1);
        assertThat(of(new BinaryAccuracy(), DataType.FLOAT, 3, logits, 1, 0, 1, 1, 0, 1))
                .as("one of six is wrong")
                .isCloseTo(5 / 6.0, within(1e-15));
    }

    @Test
    void smoothedTargetsCountAsWhatTheyAreNearer() {
        assertThat(of(new BinaryAccuracy(), DataType.DOUBLE, 1, new double[] {1, -1, -1}, 0.95, 0.05, 0.6))
                .isCloseTo(2 / 3.0, within(1e-15));
    }

    @Test
    void aNanIsNeverRight() {
        assertThat(of(new BinaryAccuracy(), DataType.FLOAT, 1, new double[] {NAN, NAN}, 0, 1))
                .isZero();
    }

    @Test
    void worksBeyondATileAndOverBatchesAndResumes() {
        double[] y = TestArrays.normals(3, 5000);
        double[] t = new double[5000];
        for (int i = 0; i < t.length; i++) {
            t[i] = (i % 10 == 0) == (y[i] > 0) ? 0 : 1;
        }
        Metric.Accumulator share = new BinaryAccuracy().start();
        share.add(TestArrays.of(DataType.DOUBLE, y, 5000, 1), TestArrays.vector(DataType.DOUBLE, t), new Scratch());
        Metric.Accumulator resumed = new BinaryAccuracy().start();
        resumed.restore(share.state());
        INDArray wide = TestArrays.of(DataType.DOUBLE, y, 1, 5000);
        resumed.add(wide, TestArrays.of(DataType.DOUBLE, t, 1, 5000), new Scratch());

        assertThat(share.value()).isEqualTo(0.9);
        assertThat(resumed.value()).isEqualTo(0.9);
        assertThat(resumed.state()).containsEntry("total", 10_000d);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1.5, 250_000, NAN})
    void aRegressionTargetIsRefused(double target) {
        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> of(new BinaryAccuracy(), DataType.DOUBLE, 1, new double[] {0, 0}, 1, target))
                .withMessageContainingAll(
                        "cannot judge the target of example 1 of the batch, which is " + target,
                        "expected a number from 0 (no) to 1 (yes)",
                        "fix: ");
    }

    @Test
    void thereIsATargetForEachOutput() {
        BinaryAccuracy metric = new BinaryAccuracy();

        assertThatNoException().isThrownBy(() -> metric.check(Shape.of(1), Shape.of()));
        assertThatNoException().isThrownBy(() -> metric.check(Shape.of(1), Shape.of(1)));
        assertThatNoException().isThrownBy(() -> metric.check(Shape.of(2, 3), Shape.of(2, 3)));
        for (Shape target : List.of(Shape.of(), Shape.of(1), Shape.of(6))) {
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> metric.check(Shape.of(2, 3), target))
                    .withMessageContaining("binary accuracy cannot be judged");
        }
    }

    private static Sequential oneOutput() {
        return Sequential.input(Shape.of(2)).add(new Dense(1)).build(DataType.FLOAT, 1);
    }

    @Test
    void aTrainedModelOfOneOutputIsJudgedRight() {
        Sequential model = oneOutput();
        List<Metric> metrics = List.of(new BinaryAccuracy());
        try (Trainer trainer = Trainer.of(model, new BinaryCrossEntropy(), new Sgd(0.1))) {
            History history = trainer.fit(Toy.points(200), epochs(5).metrics(new BinaryAccuracy()));
            assertThat(history.last().training().metric("binary accuracy")).isGreaterThan(0.95);
        }
        int right = 0;
        float[][] features = Toy.features(200);
        try (Predictor predictor = Predictor.of(model)) {
            for (int i = 0; i < features.length; i++) {
                right += predictor.predict(features[i])[0] > 0 == (Toy.labels(200)[i] == 1) ? 1 : 0;
            }
        }
        assertThat(Evaluator.evaluate(model, new BinaryCrossEntropy(), Toy.points(200), metrics)
                        .metric("binary accuracy"))
                .isEqualTo(right / 200.0);
    }

    private static void assertRefused(OutputKind kind, Loss loss, Metric metric, String... parts) {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Dense(3))
                .add(new Claiming(kind))
                .build(DataType.FLOAT, 1);
        ArrayDataset data = ArrayDataset.of(
                TestArrays.normal(DataType.FLOAT, 1, 2, 2),
                TestArrays.of(DataType.FLOAT, new double[] {1, 0, 1, 0, 0, 1}, 2, 3));
        try (Trainer trainer = Trainer.of(model, loss, new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, epochs(1).metrics(metric)))
                    .withMessageContainingAll(parts)
                    .withMessageContaining("fix: ");
            assertThat(trainer.steps()).as("refused before the first step").isZero();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluator.evaluate(model, loss, data, List.of(metric)));
    }

    @Test
    void aMetricThatWouldMisreadTheOutputOrTheLossIsRefusedBeforeTheFirstStep() {
        BinaryCrossEntropy logits = new BinaryCrossEntropy();
        MeanSquaredError errors = new MeanSquaredError();

        assertRefused(OutputKind.ANY, logits, new Accuracy(), "each output is a yes or no", "BinaryAccuracy");
        assertRefused(OutputKind.ANY, logits, BinaryAccuracy.ofProbabilities(), "use new BinaryAccuracy()");
        for (Loss loss : List.of(errors, new MeanAbsoluteError(), new Huber())) {
            assertRefused(OutputKind.ANY, loss, new BinaryAccuracy(), "whose border is 0.5");
        }
        assertRefused(
                OutputKind.PROBABILITIES,
                errors,
                new BinaryAccuracy(),
                "does not go with the metric binary accuracy",
                "use BinaryAccuracy.ofProbabilities()");
        assertRefused(OutputKind.LOG_PROBABILITIES, errors, BinaryAccuracy.ofProbabilities(), "never above 0");
    }

    @Test
    void everyOtherPairIsAccepted() {
        for (OutputKind kind : List.of(OutputKind.ANY, OutputKind.PROBABILITIES)) {
            assertThatNoException()
                    .isThrownBy(() -> BinaryAccuracy.ofProbabilities().check(kind));
        }
        assertThatNoException().isThrownBy(() -> new BinaryAccuracy().check(OutputKind.ANY));
        assertThatNoException().isThrownBy(() -> new BinaryAccuracy().check(new BinaryCrossEntropy()));
        assertThatNoException()
                .isThrownBy(() -> BinaryAccuracy.ofProbabilities().check(new MeanSquaredError()));
        for (Loss loss : List.of(new SoftmaxCrossEntropy(), new MeanSquaredError())) {
            assertThatNoException().isThrownBy(() -> new Accuracy().check(loss));
        }
    }

    @Test
    void aSingleOutputIsSentFromAccuracyToThisMetric() {
        try (Trainer trainer = Trainer.of(oneOutput(), new BinaryCrossEntropy(), new Sgd(0.1))) {
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> trainer.fit(Toy.points(4), epochs(1).metrics(new Accuracy())))
                    .withMessageContaining("fix: use BinaryAccuracy for an output that says yes or no");
        }
    }
}
