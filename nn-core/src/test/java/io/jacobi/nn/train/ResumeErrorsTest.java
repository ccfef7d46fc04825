package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A checkpoint of another run is refused, and the message says what differs. */
class ResumeErrorsTest {

    private static final Sequential MODEL = Toy.model(DataType.FLOAT);
    private static final Optimizer ADAM = new Adam(0.1);
    private static final Dataset DATA = Toy.points(10);
    private static final Fit FIT = epochs(3).batchSize(6);

    @TempDir
    private Path directory;

    @BeforeEach
    void store() {
        try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), ADAM)) {
            trainer.fit(DATA, FIT.callbacks(new ReduceOnPlateau()).checkpoint(Checkpoint.in(directory)));
        }
    }

    private static Trainer trainer(Sequential model, Optimizer optimizer) {
        return Trainer.of(model, new SoftmaxCrossEntropy(), optimizer).threads(2);
    }

    private static Sequential model(int units) {
        return Sequential.input(Shape.of(2))
                .add(new Dense(units))
                .add(new Rectifier())
                .add("head", new Dense(2))
                .build(DataType.FLOAT, 1);
    }

    private static Arguments trainers(String message, Sequential model, UnaryOperator<Trainer> other) {
        return Arguments.of(message, model, other);
    }

    static Stream<Arguments> otherTrainers() {
        UnaryOperator<Trainer> same = trainer -> trainer;
        Sequential longer = Sequential.input(Shape.of(2))
                .add(new Dense(8))
                .add(new Rectifier())
                .add("head", new Dense(2))
                .add(new Rectifier())
                .build(DataType.FLOAT, 1);
        return Stream.of(
                trainers("layer 1: expects Dense(8), received Dense(9)\n", model(9), same),
                trainers("layer 4: expects none, received Rectifier\n", longer, same),
                trainers("data type: expects FLOAT, received DOUBLE\n", Toy.model(DataType.DOUBLE), same),
                trainers(
                        "model's seed: expects 1, received 7\n",
                        MODEL.blueprint().draw(DataType.FLOAT, 7),
                        same),
                trainers("optimizer: expects Adam[", MODEL, trainer -> trainer(MODEL, new Sgd(0.1))),
                trainers(
                        "rate=ExponentialRate[",
                        MODEL,
                        trainer -> trainer(MODEL, new Adam(Schedule.exponential(0.1, 0.9)))),
                trainers(
                        "loss: expects SoftmaxCrossEntropy",
                        MODEL,
                        trainer -> Trainer.of(MODEL, new SoftmaxCrossEntropy(0.1), ADAM)
                                .threads(2)),
                trainers("penalties: expects none, received [L2[", MODEL, t -> t.penalties(Penalty.l2(1))),
                trainers("clip: expects none, received NormClip[", MODEL, t -> t.clip(GradientClip.norm(1))),
                trainers("threads: expects 2, received 3\n", MODEL, t -> t.threads(3)));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("otherTrainers")
    void anotherTrainer(String message, Sequential model, UnaryOperator<Trainer> other) {
        double[] before = Vectors.toDoubles(model.weights());
        try (Trainer trainer = other.apply(trainer(model, ADAM))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(
                            DATA, FIT.callbacks(new ReduceOnPlateau()).resume(directory)))
                    .withMessageContainingAll(
                            "step-00000006.safetensors is a checkpoint of another run\n  ", message, "\n  fix: ");
            assertThat(trainer.steps()).isZero();
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    static Stream<Arguments> otherFits() {
        Fit same = FIT.callbacks(new ReduceOnPlateau());
        return Stream.of(
                Arguments.of("batch size: expects 6, received 5\n", same.batchSize(5), DATA),
                Arguments.of("examples: expects 10 of [2] with targets [], received 12 of", same, Toy.points(12)),
                Arguments.of(
                        "targets [], received 10 of [2] with targets [] and weights",
                        same,
                        Toy.points(10).withWeights(1, 1, 1, 1, 1, 1, 1, 1, 1, 2)),
                Arguments.of("seed of the order: expects 1, received 2\n", same.shuffleSeed(2), DATA),
                Arguments.of("metrics: expects none, received [accuracy]\n", same.metrics(new Accuracy()), DATA),
                Arguments.of("validation examples: expects none, received 10", same.validation(DATA), DATA),
                Arguments.of(
                        "remember: expects [io.jacobi.nn.train.ReduceOnPlateau], received none\n",
                        FIT.callbacks(new Callback() {}),
                        DATA),
                Arguments.of("EarlyStopping, io.jacobi.nn.train.R", same.callbacks(new EarlyStopping(1)), DATA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherFits")
    void anotherFit(String message, Fit fit, Dataset data) {
        try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), ADAM)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, fit.resume(directory)))
                    .withMessageContainingAll("is a checkpoint of another run\n  ", message);
        }
    }

    @Test
    void everyDifferenceIsNamed() {
        try (Trainer trainer = trainer(Toy.model(DataType.DOUBLE), new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(DATA, FIT.batchSize(2).resume(directory)))
                    .withMessageContainingAll("\n  data type: ", "\n  optimizer: ", "\n  batch size: ");
        }
    }

    @Test
    void fewerEpochsThanAreFinished() {
        try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), ADAM)) {
            Fit two = epochs(2).batchSize(6).callbacks(new ReduceOnPlateau());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(DATA, two.resume(directory)))
                    .withMessageContainingAll("is in epoch 3", "expected at most 2 epochs", "fix: epochs(3) or more");
        }
    }

    @Test
    void aLambdaAsAScheduleIsNotCompared() {
        Schedule first = step -> 0.1;
        Path other = directory.resolve("lambda");
        Fit fit = epochs(1).batchSize(6);
        try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), new Sgd(first))) {
            trainer.fit(DATA, fit.checkpoint(Checkpoint.in(other)));
        }
        Schedule second = step -> 0.1;
        try (Trainer trainer = trainer(Toy.model(DataType.FLOAT), new Sgd(second))) {
            assertThat(trainer.fit(DATA, fit.resume(other)).epochs()).hasSize(1);
        }
    }
}
