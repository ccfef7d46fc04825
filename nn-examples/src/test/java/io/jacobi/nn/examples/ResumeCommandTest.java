package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checkpoints of {@code jacobi mnist}; KillTest of nn-layers kills a process. The small set has 19 batches per epoch.
 */
class ResumeCommandTest extends CommandTest {

    private Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    private Path stored(int step) {
        return checkpoints().resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
    }

    private double[] weights(Path model) throws IOException {
        return Vectors.toDoubles(ModelFile.load(model).model().weights());
    }

    private int resume(Path from, String... more) {
        return run(Stream.concat(Stream.of("mnist", "--resume", from.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    /** Trains for two epochs and stores a checkpoint after each. */
    private void store(String... more) {
        Stream<String> options = Stream.of("--checkpoint", checkpoints().toString(), "--epochs", "2");
        assertThat(train(Stream.concat(options, Stream.of(more)).toArray(String[]::new)))
                .as(err.toString())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"25", "19", "38"})
    void resumesToTheSameWeightsFromEveryCheckpoint(int step) throws IOException {
        Path whole = directory.resolve("whole.safetensors");
        Path resumed = directory.resolve("resumed.safetensors");
        store(
                "--dropout",
                "0.2",
                "--optimizer",
                "adamw",
                "--every-steps",
                "5",
                "--keep",
                "9",
                "--save",
                whole.toString());

        assertThat(resume(stored(step), "--save", resumed.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("resumed from " + stored(step) + " at step " + step + "\n");
        assertThat(weights(resumed)).isEqualTo(weights(whole));
    }

    @Test
    void resumesForMoreEpochsAtAConstantRate() throws IOException {
        Path whole = directory.resolve("whole.safetensors");
        Path resumed = directory.resolve("resumed.safetensors");
        store("--schedule", "constant");
        assertThat(train("--schedule", "constant", "--epochs", "3", "--save", whole.toString()))
                .isZero();

        assertThat(resume(checkpoints(), "--epochs", "3", "--save", resumed.toString()))
                .as(err.toString())
                .isZero();

        assertThat(weights(resumed)).isEqualTo(weights(whole));
        assertThat(stored(57))
                .as("a resumed directory receives the new checkpoints")
                .exists();
    }

    @Test
    void resumesACosineForMoreEpochsOverTheNewNumberOfSteps() throws IOException {
        Path resumed = directory.resolve("resumed.safetensors");
        Path again = directory.resolve("again.safetensors");
        store();

        assertThat(resume(checkpoints(), "--epochs", "3", "--save", resumed.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("epoch 3/3", "CosineRate[start=0.1, end=0.0, steps=57]");

        // from then on it is a run of 57 steps
        assertThat(resume(stored(57), "--save", again.toString()))
                .as(err.toString())
                .isZero();
        assertThat(weights(again)).isEqualTo(weights(resumed));
    }

    @Test
    void refusesOptionsThatWouldChangeTheRun() {
        store();

        refuses("--optimizer", "adam", "sgd");
        refuses("--model", "CNN", "mlp");
        refuses("--batch", "32", "16");
        refuses("--hidden", "16", "32");
        refuses("--seed", "1", "42");
        refuses("--rate", "0.2", "");
        refuses("--data", "elsewhere", directory.toString());
    }

    private void refuses(String option, String now, String before) {
        err.getBuffer().setLength(0);
        assertThat(resume(stored(19), option, now)).as(option).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("jacobi: " + option + " ")
                .contains("would change the run in " + stored(19))
                .contains("expected " + option + " " + before, "fix: leave the option out");
    }

    @Test
    void acceptsOptionsThatAreUnchanged() {
        store();

        assertThat(resume(stored(19), "--batch", "16", "--optimizer", "sgd", "--data", directory.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void reportsAndSkipsADamagedCheckpoint() throws IOException {
        store();
        Files.write(stored(38), new byte[100]);

        assertThat(resume(checkpoints())).as(err.toString()).isZero();
        assertThat(err.toString()).startsWith("jacobi: skipped a damaged checkpoint: " + stored(38));
        assertThat(out.toString()).contains("resumed from " + stored(19));
    }

    @Test
    void theBestIsKeptAndIsAModel() throws IOException {
        store();
        Path best = checkpoints().resolve("best.safetensors");

        assertThat(ModelFile.load(best).labels()).hasSize(10);
        assertThat(CheckpointFile.load(best).run().steps()).isIn(19L, 38L);
        assertThat(run("inspect", best.toString())).isZero();
        assertThat(out.toString()).contains("checkpoint of a run at step ", "note: --batch=16", "SHA-256 agrees");
    }

    @Test
    void everyStepsNeedsADirectory() {
        assertThat(train("--every-steps", "5")).isEqualTo(1);
        assertThat(err.toString()).contains("no directory for a checkpoint every 5 steps", "--checkpoint DIR");
    }

    @Test
    void refusesAFileThatIsNoCheckpoint() throws IOException {
        Path model = directory.resolve("model.safetensors");
        assertThat(train("--epochs", "1", "--save", model.toString())).isZero();

        assertThat(resume(model)).isEqualTo(1);
        assertThat(resume(directory.resolve("nothing"))).isEqualTo(1);
        assertThat(resume(Files.createDirectory(checkpoints()))).isEqualTo(1);
        assertThat(err.toString())
                .contains("is not a checkpoint", "there is no such file", "no checkpoint that can be loaded");
    }
}
