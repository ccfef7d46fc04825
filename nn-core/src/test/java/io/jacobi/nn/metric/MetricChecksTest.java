package io.jacobi.nn.metric;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Metric;
import io.jacobi.nn.train.Trainer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What metrics refuse before the first step, and in an example. */
class MetricChecksTest {

    private static final List<Loss> OF_CLASSES =
            List.of(new SoftmaxCrossEntropy(), new NegativeLogLikelihood(), new KullbackLeibler());
    private static final List<Loss> OF_NUMBERS = List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber());

    /** Metrics that decide, that order and that take probabilities. */
    static Stream<Function<Outputs, Metric>> all() {
        return Stream.concat(Stream.of(Precision::new, Recall::new, F1::new), ofScores());
    }

    static Stream<Function<Outputs, Metric>> ofScores() {
        return Stream.concat(Stream.of(RocAuc::new, AveragePrecision::new), ofProbabilities());
    }

    static Stream<Function<Outputs, Metric>> ofProbabilities() {
        return Stream.of(LogLoss::new, BrierScore::new, CalibrationError::new);
    }

    private static void assertRefused(Metric metric, Loss loss, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.check(loss))
                .withMessageContainingAll(parts)
                .withMessageContainingAll(metric.name(), loss.toString(), "fix: ");
    }

    private static void assertRefused(Metric metric, OutputKind kind, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.check(kind))
                .withMessageContainingAll(parts)
                .withMessageContaining("fix: ");
    }

    @ParameterizedTest
    @MethodSource("all")
    void classesAndAnswersAreToldApartByTheLoss(Function<Outputs, Metric> metric) {
        for (Outputs outputs : Outputs.values()) {
            if (outputs.areClasses()) {
                assertRefused(metric.apply(outputs), new BinaryCrossEntropy(), "Outputs.BINARY_LOGITS");
            } else {
                OF_CLASSES.forEach(loss -> assertRefused(metric.apply(outputs), loss, "Outputs.CLASS_LOGITS"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void logProbabilitiesAreNoAnswers(Function<Outputs, Metric> metric) {
        for (Outputs outputs : List.of(Outputs.BINARY_LOGITS, Outputs.BINARY_PROBABILITIES)) {
            assertRefused(metric.apply(outputs), OutputKind.LOG_PROBABILITIES, "CLASS_LOGITS");
        }
    }

    @ParameterizedTest
    @MethodSource("ofScores")
    void logitsAndProbabilitiesOfClassesAreToldApart(Function<Outputs, Metric> metric) {
        Metric logits = metric.apply(Outputs.CLASS_LOGITS);
        Metric shares = metric.apply(Outputs.CLASS_PROBABILITIES);

        assertRefused(logits, OutputKind.PROBABILITIES, "softmax itself", "Outputs.CLASS_PROBABILITIES");
        assertRefused(shares, OutputKind.LOG_PROBABILITIES, "received log-probabilities", "Outputs.CLASS_LOGITS");
        OF_NUMBERS.forEach(loss -> assertRefused(logits, loss, "approach 0 and 1", "Outputs.CLASS_PROBABILITIES"));
        OF_CLASSES.forEach(loss -> assertRefused(shares, loss, "Outputs.CLASS_LOGITS"));
        assertThatNoException().isThrownBy(() -> logits.check(OutputKind.LOG_PROBABILITIES));
        assertThatNoException().isThrownBy(() -> logits.check(new SoftmaxCrossEntropy()));
        assertThatNoException().isThrownBy(() -> shares.check(OutputKind.PROBABILITIES));
        assertThatNoException().isThrownBy(() -> shares.check(new MeanSquaredError()));
    }

    @ParameterizedTest
    @MethodSource("ofProbabilities")
    void logitsAndProbabilitiesOfYesAreToldApart(Function<Outputs, Metric> metric) {
        Metric logits = metric.apply(Outputs.BINARY_LOGITS);
        Metric shares = metric.apply(Outputs.BINARY_PROBABILITIES);

        assertRefused(logits, OutputKind.PROBABILITIES, "never below 0", "Outputs.BINARY_PROBABILITIES");
        OF_NUMBERS.forEach(loss -> assertRefused(logits, loss, "Outputs.BINARY_PROBABILITIES"));
        assertRefused(shares, new BinaryCrossEntropy(), "outputs are logits", "Outputs.BINARY_LOGITS");
        assertThatNoException().isThrownBy(() -> logits.check(new BinaryCrossEntropy()));
        assertThatNoException().isThrownBy(() -> shares.check(OutputKind.PROBABILITIES));
    }

    @Test
    void whatIsOnlyOrderedOrDecidedMayBeOnAnyScale() {
        for (Metric order : List.of(new RocAuc(Outputs.BINARY_LOGITS), new AveragePrecision(Outputs.BINARY_LOGITS))) {
            assertThatNoException().isThrownBy(() -> order.check(OutputKind.PROBABILITIES));
            assertThatNoException().isThrownBy(() -> order.check(new MeanSquaredError()));
        }
        for (OutputKind kind : OutputKind.values()) {
            assertThatNoException().isThrownBy(() -> new F1().check(kind));
            assertThatNoException().isThrownBy(() -> new TopKAccuracy(2).check(kind));
        }
        assertThatNoException().isThrownBy(() -> new F1().check(new MeanSquaredError()));
        assertRefused(new F1(Outputs.BINARY_LOGITS), OutputKind.PROBABILITIES, "BINARY_PROBABILITIES");
    }

    @ParameterizedTest
    @MethodSource("all")
    void shapesThatDoNotFitAreRefused(Function<Outputs, Metric> metric) {
        Metric classes = metric.apply(Outputs.CLASS_LOGITS);
        Metric answers = metric.apply(Outputs.BINARY_LOGITS);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> classes.check(Shape.of(1), Shape.of()))
                .withMessageContainingAll(classes.name(), "Outputs.BINARY_LOGITS");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> classes.check(Shape.of(4), Shape.of(3)))
                .withMessageContaining("one output for each class");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> answers.check(Shape.of(4), Shape.of()))
                .withMessageContainingAll("a target of 0 or 1 for each output, [4]", "Outputs.CLASS_LOGITS");
        assertThatNoException().isThrownBy(() -> classes.check(Shape.of(4), Shape.of(4)));
        assertThatNoException().isThrownBy(() -> answers.check(Shape.of(1), Shape.of()));
        assertThatNoException().isThrownBy(() -> answers.check(Shape.of(4), Shape.of(4)));
    }

    @Test
    void moreThanKOutputsAreNeeded() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new TopKAccuracy(3).check(Shape.of(3), Shape.of()))
                .withMessageContainingAll("every prediction would be right", "more than 3 outputs");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopKAccuracy(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CalibrationError(Outputs.CLASS_LOGITS, 0));
    }

    @Test
    void metricsOfNumbersRefuseClasses() {
        for (Metric metric : List.of(new Mae(), new Rmse(), new R2(), new Mape())) {
            OF_CLASSES.forEach(loss -> assertRefused(metric, loss, "outputs are scores"));
            assertRefused(metric, new BinaryCrossEntropy(), "outputs are scores");
            assertRefused(metric, OutputKind.LOG_PROBABILITIES, "received log-probabilities");
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> metric.check(Shape.of(3), Shape.of()))
                    .withMessageContainingAll(metric.name(), "a number for each output, [3]");
            OF_NUMBERS.forEach(loss -> assertThatNoException().isThrownBy(() -> metric.check(loss)));
            assertThatNoException().isThrownBy(() -> metric.check(Shape.of(1), Shape.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(Outputs.class)
    void aTargetThatIsNoAnswerIsNamed(Outputs outputs) {
        double[] y = {0.25, 0.75, 0.5, 0.5};
        double[] t = outputs.areClasses() ? new double[] {1, 7} : new double[] {1, 0, 7, 1};

        all().map(metric -> metric.apply(outputs))
                .forEach(metric -> assertThatExceptionOfType(ExampleException.class)
                        .isThrownBy(() -> Measured.of(metric, 2, y, t))
                        .withMessageContainingAll(metric.name(), "example 1 of the batch", "7.0", "fix: "));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 1.5})
    void numbersThatAreNoProbabilitiesAreNamed(double bad) {
        ofProbabilities().forEach(metric -> {
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() ->
                            Measured.of(metric.apply(Outputs.BINARY_PROBABILITIES), 1, new double[] {0.5, bad}, 1, 0))
                    .withMessageContainingAll("example 1 of the batch", "has the output " + bad, "Sigmoid");
            assertThatExceptionOfType(ExampleException.class)
                    .isThrownBy(() -> Measured.of(
                            metric.apply(Outputs.CLASS_PROBABILITIES), 2, new double[] {0.5, 0.5, 0.5, bad}, 1, 0))
                    .withMessageContainingAll("example 1 of the batch", "Softmax");
        });
    }

    @Test
    void aMisreadModelIsRefusedBeforeTheFirstStep() {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Dense(2))
                .add(new Claiming(OutputKind.PROBABILITIES))
                .build(DataType.FLOAT, 1);
        ArrayDataset data = ArrayDataset.of(new float[][] {{1, 2}, {3, 4}}, new float[][] {{1, 0}, {0, 1}});
        try (Trainer trainer = Trainer.of(model, new MeanSquaredError(), new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, epochs(1).metrics(new LogLoss())))
                    .withMessageContainingAll(
                            "Layer 2 of 2, Last, does not go with the metric log loss", "Outputs.CLASS_PROBABILITIES");
            assertThat(trainer.steps()).isZero();
        }
    }
}
