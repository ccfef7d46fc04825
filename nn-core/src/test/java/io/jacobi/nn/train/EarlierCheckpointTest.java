package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A run resumes from a file that an earlier version of the code wrote. The file is the checkpoint of step 31 of the run
 * below, in the middle of the fifth epoch; checkpoints/README.md among the resources says which version wrote it.
 */
class EarlierCheckpointTest {

    /** Six batches of 7 and one of 2. */
    private static final Dataset DATA = noisy(44);

    private static final int BATCHES = 7;
    private static final int EPOCHS = 6;

    /** Every fifth label is wrong, so that the loss stops falling and the rate is lowered. */
    private static Dataset noisy(int size) {
        int[] labels = Toy.labels(size);
        for (int i = 0; i < size; i += 5) {
            labels[i] = 1 - labels[i];
        }
        return ArrayDataset.of(Toy.features(size), labels);
    }

    @TempDir
    private Path directory;

    /** Counts steps: a user's callback, which the file knows by the name of its class. */
    private static final class Counting implements Callback {
        private double steps;

        @Override
        public void afterStep(Progress progress) {
            steps++;
        }

        @Override
        public Map<String, Double> state() {
            return steps == 0 ? Map.of() : Map.of("steps", steps);
        }

        @Override
        public void restore(Map<String, Double> state) {
            steps = state.getOrDefault("steps", Double.NaN);
        }
    }

    private static Trainer trainer(Sequential model) {
        return Trainer.of(model, new SoftmaxCrossEntropy(), new Adam(0.05)).threads(2);
    }

    /** A user's callback, two built-in callbacks of one class, and one of another class. */
    private static Fit fit(Callback counting) {
        return epochs(EPOCHS)
                .batchSize(7)
                .validation(noisy(20))
                .metrics(new Accuracy())
                .callbacks(
                        counting,
                        new EarlyStopping(5),
                        new EarlyStopping(7).onTrainingLoss(),
                        new ReduceOnPlateau().withPatience(0).withFactor(0.5));
    }

    private static Checkpoint checkpoint(Path directory) {
        return Checkpoint.in(directory).everySteps(31).keep(9).best("loss", Checkpoint.Mode.MIN);
    }

    private static Path stored() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(
                        EarlierCheckpointTest.class.getResource("/checkpoints/step-00000031.safetensors"))
                .toURI());
    }

    @Test
    void theRunGoesOnToTheWeightsOfOneThatWasNeverStored() throws URISyntaxException {
        Sequential whole = Toy.model(DataType.DOUBLE);
        Sequential resumed = Toy.model(DataType.DOUBLE);
        Counting counting = new Counting();
        try (Trainer a = trainer(whole);
                Trainer b = trainer(resumed)) {
            History expected = a.fit(DATA, fit(new Counting()));
            History history = b.fit(DATA, fit(counting).resume(stored()));

            assertThat(history.epochs()).hasSize(EPOCHS);
            for (int i = 0; i < EPOCHS; i++) {
                EpochResult epoch = history.epochs().get(i);
                EpochResult same = expected.epochs().get(i);
                assertThat(epoch.training().loss()).isCloseTo(same.training().loss(), within(1e-9));
                assertThat(epoch.training().metrics()).isEqualTo(same.training().metrics());
                assertThat(epoch.validation().orElseThrow().metrics())
                        .isEqualTo(same.validation().orElseThrow().metrics());
                assertThat(epoch.examples()).isEqualTo(same.examples());
            }
        }

        // not to the bit: the file may have been written on a processor that rounds differently
        assertThat(Vectors.toDoubles(resumed.weights()))
                .containsExactly(Vectors.toDoubles(whole.weights()), within(1e-9));
        assertThat(counting.steps).isEqualTo(EPOCHS * BATCHES);
    }

    @Test
    void theResumedRunKnowsWhichEpochWasTheBest() throws IOException, URISyntaxException {
        Path whole = directory.resolve("whole");
        Path resumed = directory.resolve("resumed");
        train(fit(new Counting()).checkpoint(checkpoint(whole)));
        train(fit(new Counting()).checkpoint(checkpoint(resumed)).resume(stored()));

        double[] expected = values(run(whole, 42));
        assertThat(values(run(resumed, 42))).containsExactly(expected, within(1e-9));
    }

    @Test
    void todaysFileHasTheSameSettingsAndTheSameNames() throws IOException, URISyntaxException {
        train(fit(new Counting()).checkpoint(checkpoint(directory)));

        RunState before = CheckpointFile.load(stored()).run();
        RunState now = run(directory, 31);
        assertThat(now.settings()).isEqualTo(before.settings());
        assertThat(names(now)).isEqualTo(names(before)).contains("io.jacobi.nn.train.Checkpoint: best loss MIN");
    }

    private static void train(Fit fit) {
        try (Trainer trainer = trainer(Toy.model(DataType.DOUBLE))) {
            trainer.fit(DATA, fit);
        }
    }

    private static RunState run(Path directory, long step) throws IOException {
        return CheckpointFile.load(CheckpointDirectory.at(directory).ofStep(step))
                .run();
    }

    private static String name(RunState.Value value) {
        return value.owner() + ": " + value.name();
    }

    private static List<String> names(RunState run) {
        return run.values().stream().map(EarlierCheckpointTest::name).sorted().toList();
    }

    private static double[] values(RunState run) {
        return run.values().stream()
                .sorted(Comparator.comparing(EarlierCheckpointTest::name))
                .mapToDouble(RunState.Value::value)
                .toArray();
    }
}
