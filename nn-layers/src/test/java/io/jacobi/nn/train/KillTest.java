package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed again and again ends as if nobody had done so, to the bit. It stores itself after every step, so that many
 * kills come while a file is being written. {@code mvn -Pkill} kills it 50 times.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("kills", 3);

    /** Each process lives for so many steps at most, and for two at least, so that one is stored. */
    private static final int MOST_STEPS = LongTraining.STEPS_PER_EPOCH;

    private static final int MOST_MICROS = 50_000;

    @TempDir
    private Path temporary;

    @Test
    void whoeverIsKilledGoesOnToTheSameWeights() throws IOException, InterruptedException {
        // longer than all processes may live together: the last one finishes it, and need not store every step
        int epochs = 5 * KILLS;
        Path checkpoints = temporary.resolve("checkpoints");
        Path result = temporary.resolve("model.safetensors");
        SplittableRandom random = new SplittableRandom(17);
        long stored = 0;
        int whileWriting = 0;

        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = start(checkpoints, epochs, result, 1);
            await(process, random.nextInt(2, MOST_STEPS));
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MOST_MICROS));
            // SIGKILL: no shutdown hook, no finally
            process.destroyForcibly();
            process.waitFor();

            whileWriting += unfinished(checkpoints);
            CheckpointDirectory.Found found = CheckpointDirectory.find(checkpoints);
            assertThat(found.passedOver()).as("damaged after kill %d", kill).isEmpty();
            assertThat(found.file().run().steps())
                    .as("steps stored at kill %d", kill)
                    .isGreaterThan(stored);
            stored = found.file().run().steps();
        }
        assertThat(result).as("finished before it was killed").doesNotExist();
        Process last = start(checkpoints, epochs, result, Integer.MAX_VALUE);
        await(last, Integer.MAX_VALUE);
        assertThat(last.waitFor()).isZero();

        System.out.printf(
                "%d of %d killed runs went on, the last from step %d; %d were killed while a file was written%n",
                KILLS, KILLS, stored, whileWriting);
        Sequential expected = LongTraining.train(LongTraining.fit(epochs));
        Sequential resumed = ModelFile.load(result).model();
        assertThat(Vectors.toDoubles(resumed.weights())).isEqualTo(Vectors.toDoubles(expected.weights()));
        assertThat(Vectors.toDoubles(resumed.state())).isEqualTo(Vectors.toDoubles(expected.state()));
    }

    private static Process start(Path checkpoints, int epochs, Path result, int everySteps) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraining.class.getName(),
                checkpoints.toString(),
                Integer.toString(epochs),
                result.toString(),
                Integer.toString(everySteps));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads what the process prints until it has made so many steps, or ends. */
    private static void await(Process process, int steps) throws IOException {
        BufferedReader out = process.inputReader();
        int made = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LongTraining.STEP) && ++made == steps) {
                return;
            }
        }
    }

    private static int unfinished(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
