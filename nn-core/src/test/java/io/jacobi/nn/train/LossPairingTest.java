package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Claiming;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The losses that fit each kind of output; a trainer checks it without data. */
class LossPairingTest {

    private static Sequential model(OutputKind output) {
        return Sequential.input(Shape.of(2))
                .add(new Dense(2))
                .add("head", new Claiming(output))
                .build(DataType.FLOAT, 1);
    }

    static Stream<Arguments> misreadings() {
        return Stream.of(
                Arguments.of(new SoftmaxCrossEntropy(), OutputKind.PROBABILITIES),
                Arguments.of(new SoftmaxCrossEntropy(), OutputKind.LOG_PROBABILITIES),
                Arguments.of(new BinaryCrossEntropy(), OutputKind.PROBABILITIES),
                Arguments.of(new BinaryCrossEntropy(), OutputKind.LOG_PROBABILITIES),
                Arguments.of(new NegativeLogLikelihood(), OutputKind.PROBABILITIES),
                Arguments.of(new KullbackLeibler(), OutputKind.PROBABILITIES));
    }

    @ParameterizedTest(name = "{0} after {1}")
    @MethodSource("misreadings")
    void isRefusedWhenTheTrainerIsMadeAndByTheEvaluator(Loss loss, OutputKind output) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(model(output), loss, new Sgd(0.1)))
                .withMessageStartingWith("Layer 2 of 2, Last \"head\", does not go with the loss: "
                        + loss.getClass().getSimpleName() + " takes ")
                .withMessageContaining("\n  expected ")
                .withMessageContaining("\n  received ")
                .withMessageContaining("\n  fix: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model(output), loss, Toy.points(2), List.of()))
                .withMessageContaining("Last \"head\", does not go with the loss");
    }

    static Stream<Loss> lossesOfLogProbabilities() {
        return Stream.of(new NegativeLogLikelihood(), new KullbackLeibler());
    }

    /** The scores of an affine layer, which does not say what its numbers are. */
    @ParameterizedTest
    @MethodSource("lossesOfLogProbabilities")
    void plainScoresAreRefusedByTheirValues(Loss loss) {
        ArrayDataset data = loss instanceof KullbackLeibler
                ? ArrayDataset.of(
                        TestArrays.of(DataType.FLOAT, new double[] {2, 2, -2, -2}, 2, 2),
                        TestArrays.of(DataType.FLOAT, new double[] {0, 1, 1, 0}, 2, 2))
                : Toy.points(2);
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, loss, new Sgd(0.1))) {
            double[] before = Vectors.toDoubles(model.weights());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, epochs(1)))
                    .withMessageMatching("(?s)Layer 3 of 3, Dense.* \"head\", does not go with the loss: "
                            + loss.getClass().getSimpleName() + " takes log-probabilities, and an output is \\d\\S*"
                            + "\n  expected numbers that are at most 0\n  fix: end the model with LogSoftmax, .*");
            assertThat(Vectors.toDoubles(model.weights())).containsExactly(before);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model, loss, data, List.of()))
                .withMessageContaining("takes log-probabilities, and an output is ");
    }

    /** A layer of its own that ends in log-probabilities, of which rounding lifts one above 0. */
    @Test
    void logProbabilitiesOfAnyLayerAreTaken() {
        INDArray logs = TestArrays.of(DataType.FLOAT, new double[] {-20, 1e-4, -0.7, -0.7}, 2, 2);

        assertThatCode(() -> new NegativeLogLikelihood().check(logs, new Scratch()))
                .doesNotThrowAnyException();
        assertThatCode(() -> new SoftmaxCrossEntropy().check(logs, new Scratch()))
                .doesNotThrowAnyException();
    }

    /** A metric of log-probabilities alone. */
    private record Likelihood() implements Metric {

        @Override
        public String name() {
            return "likelihood";
        }

        @Override
        public void check(OutputKind output) {
            if (output != OutputKind.LOG_PROBABILITIES) {
                throw new IllegalArgumentException("expects log-probabilities");
            }
        }

        @Override
        public Accumulator start() {
            return new Accuracy().start();
        }
    }

    @Test
    void aMetricMayRefuseAnOutputToo() {
        Loss loss = new NegativeLogLikelihood();
        List<Metric> metrics = List.of(new Likelihood());
        try (Trainer trainer = Trainer.of(model(OutputKind.ANY), loss, new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(Toy.points(2), epochs(1).metrics(new Likelihood())))
                    .withMessage("Layer 2 of 2, Last \"head\", does not go with the metric likelihood:"
                            + " expects log-probabilities");
            assertThat(trainer.steps()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model(OutputKind.ANY), loss, Toy.points(2), metrics))
                .withMessageContaining("does not go with the metric likelihood");
        assertThatCode(() -> Compatibility.check(model(OutputKind.LOG_PROBABILITIES), loss, Toy.points(2), metrics))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                        new SoftmaxCrossEntropy(),
                        new BinaryCrossEntropy(),
                        new NegativeLogLikelihood(),
                        new KullbackLeibler(),
                        new MeanSquaredError(),
                        new MeanAbsoluteError(),
                        new Huber())
                .flatMap(loss -> Stream.of(OutputKind.values()).map(output -> Arguments.of(loss, output)))
                .filter(pair -> misreadings()
                        .noneMatch(m -> m.get()[0].equals(pair.get()[0]) && m.get()[1].equals(pair.get()[1])));
    }

    @ParameterizedTest(name = "{0} after {1}")
    @MethodSource("pairs")
    void everyOtherPairIsAccepted(Loss loss, OutputKind output) {
        try (Trainer trainer = Trainer.of(model(output), loss, new Sgd(0.1))) {
            assertThat(trainer.steps()).isZero();
        }
    }
}
