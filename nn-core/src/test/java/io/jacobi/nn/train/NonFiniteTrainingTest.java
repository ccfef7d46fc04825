package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Checkpoint.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Numbers that are NaN or infinite: steps that are not taken, files that are not written, and what is said about them.
 */
class NonFiniteTrainingTest {

    @TempDir
    private Path directory;

    private static Sequential regression(DataType type) {
        return Sequential.input(Shape.of(2))
                .add(new Dense(3))
                .add("out", new Dense(1))
                .build(type, 1);
    }

    /** The loss is about 1e60, finite in double, and the gradient is infinite in float. */
    private static ArrayDataset huge() {
        return data(2, 0, 1, 1e30, 0);
    }

    private static ArrayDataset data(int size, double... features) {
        double[] targets = new double[size];
        Arrays.fill(targets, size == 1 ? 1e4 : 0);
        return ArrayDataset.of(
                Vectors.of(DataType.FLOAT, features, size, 2), Vectors.of(DataType.FLOAT, targets, size, 1));
    }

    static List<Optional<GradientClip>> clips() {
        return List.of(Optional.empty(), Optional.of(GradientClip.norm(1)), Optional.of(GradientClip.value(1)));
    }

    @ParameterizedTest
    @MethodSource("clips")
    void aGradientThatIsNotFiniteIsNotUsed(Optional<GradientClip> clip) {
        for (int threads : new int[] {1, 2}) {
            Sequential model = regression(DataType.FLOAT);
            double[] before = Vectors.toDoubles(model.weights());
            Trainer plain =
                    Trainer.of(model, new MeanSquaredError(), new Sgd(0.1)).threads(threads);
            try (Trainer trainer = clip.map(plain::clip).orElse(plain)) {
                assertThatExceptionOfType(NonFiniteStepException.class)
                        .isThrownBy(() -> trainer.step(new Batch(huge(), new int[] {0, 1}, 0, 2)))
                        .withMessageContainingAll(
                                "The gradient of 0.weight [0, 0] is ",
                                "Infinity at step 0: training stops, and the step was not taken",
                                "in layer 1 of 2, Dense(3)",
                                "fix: ")
                        .satisfies(e -> assertThat(e.step()).isZero());
                assertThat(trainer.steps()).isZero();
            }
            assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
        }
    }

    @Test
    void aWeightThatWouldBeInfiniteIsNamed() {
        Sequential model = regression(DataType.FLOAT);
        try (Trainer trainer =
                Trainer.of(model, new MeanSquaredError(), new Sgd(1e38)).threads(1)) {
            ArrayDataset data = data(1, 0, 0);
            // the output is the bias, so its gradient is −2 · 1e4
            assertThatExceptionOfType(NonFiniteStepException.class)
                    .isThrownBy(() -> trainer.step(new Batch(data, new int[] {0}, 0, 1)))
                    .withMessageContainingAll("The new value of ", " is Infinity at step 0", "Dense(");
        }
        assertThat(NonFinite.in(model)).isEmpty();
    }

    @Test
    void aPenaltyThatIsInfiniteIsNamed() {
        Sequential model = regression(DataType.DOUBLE);
        // the input of the last layer is 0
        Vectors.set(model.value("0.weight"), new double[6]);
        Vectors.set(model.value("1.weight"), new double[] {1e200, 0, 0});
        try (Trainer trainer =
                Trainer.of(model, new MeanSquaredError(), new Sgd(0.1)).penalties(Penalty.l2(1))) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.step(new Batch(huge(), new int[] {0}, 0, 1)))
                    .withMessageContainingAll("The loss is Infinity", "the penalties");
        }
    }

    private static ArrayDataset withNan() {
        float[][] features = Toy.features(6);
        features[3][1] = Float.NaN;
        return ArrayDataset.of(features, Toy.labels(6));
    }

    private static History fit(Sequential model, Fit fit) {
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Adam(0.01)).threads(1)) {
            return trainer.fit(Toy.points(10), fit.batchSize(5));
        }
    }

    @Test
    void aNanInTheValidationSetIsSaidOnceAndTheMissingBestFileAtTheEnd() {
        History history = fit(
                Toy.model(DataType.FLOAT),
                epochs(3)
                        .validation(withNan())
                        .checkpoint(Checkpoint.in(directory).keep(0).best("loss", Mode.MIN)));

        assertThat(history.warnings()).hasSize(2);
        assertThat(history.warnings().get(0))
                .startsWith("The validation loss of epoch 1 is NaN")
                .contains("fix: ");
        assertThat(history.warnings().get(1))
                .startsWith(directory.resolve("best.safetensors") + " was not written")
                .contains("fix: ");
    }

    @Test
    void anOrdinaryRunHasNoWarnings() {
        History history = fit(
                Toy.model(DataType.FLOAT),
                epochs(3)
                        .validation(Toy.points(6))
                        .checkpoint(Checkpoint.in(directory).best("loss", Mode.MIN)));
        assertThat(history.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aModelThatIsNotFiniteReplacesNoFile(double bad) throws IOException {
        Sequential model = Toy.model(DataType.FLOAT);
        Callback spoils = new Callback() {
            @Override
            public void afterEpoch(Progress progress, EpochResult result) {
                if (result.epoch() == 2) {
                    Vectors.set(progress.model().value("2.bias"), new double[] {1, bad});
                    progress.stop();
                }
            }
        };
        BestWeights best = BestWeights.by("loss", Mode.MIN);
        History history = fit(
                model,
                epochs(5)
                        .callbacks(spoils, best)
                        .checkpoint(Checkpoint.in(directory).keep(1).best("loss", Mode.MIN)));

        assertThat(history.warnings()).hasSize(1);
        assertThat(history.warnings().get(0))
                .startsWith("No checkpoint is written in epoch 2: 2.bias [1] is " + bad)
                .contains("fix: ");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("best.safetensors", "step-00000002.safetensors");
        }
        assertThat(CheckpointFile.load(directory.resolve("best.safetensors"))
                        .run()
                        .steps())
                .isEqualTo(2);
        assertThat(best.epoch()).isEqualTo(1);
    }

    @Test
    void infinityIsNoGain() {
        Plateau plateau = new Plateau(0, false);
        assertThat(plateau.isReachedWith(epoch(Double.NEGATIVE_INFINITY))).isTrue();
        assertThat(plateau.isReachedWith(epoch(3))).isFalse();
    }

    private static EpochResult epoch(double loss) {
        return new EpochResult(1, new Evaluation(loss, Map.of()), Optional.empty(), 1, 1);
    }
}
