package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.math.Vectors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@code train --save} that ends at any moment has stored the old model or the new one, and nothing between them. */
class TrainKillTest extends CommandTest {

    private Process start(Path flats, Path model, String... more) throws IOException {
        return JacobiProcess.start(Stream.concat(
                        Stream.of(
                                "train",
                                "--data",
                                flats.toString(),
                                "--target",
                                "kind",
                                "--hidden",
                                "1000,1000",
                                "--threads",
                                "1",
                                "--validation",
                                "0",
                                "--save",
                                model.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** Reads until a line begins so, and returns whether there was one. */
    private static boolean await(BufferedReader out, String start) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** While it trains, and about when it stores 4 MB: Ctrl-C (SIGTERM here) and SIGKILL. */
    @ParameterizedTest
    @CsvSource({
        "epoch 1/,0,false",
        "epoch 1/,0,true",
        "training accuracy,0,false",
        "training accuracy,0,true",
        "training accuracy,3,true",
        "training accuracy,8,true",
        "training accuracy,20,false"
    })
    void theFileIsOldOrNewWheneverTheProcessEnds(String line, int millis, boolean kill) throws Exception {
        Path flats = flats("flats.csv", 60);
        Path model = trained(flats, "kind");
        byte[] old = Files.readAllBytes(model);
        Process process = start(flats, model, "--epochs", line.startsWith("epoch") ? "100000" : "3");
        try (BufferedReader out = process.inputReader()) {
            assertThat(await(out, line)).isTrue();
            TimeUnit.MILLISECONDS.sleep(millis);
            if (kill) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            process.waitFor();
        }

        if (!Arrays.equals(old, Files.readAllBytes(model))) {
            assertThat(Inspection.of(model).integrity()).isEqualTo(Inspection.Integrity.INTACT);
            assertThat(ModelFile.load(model).model().parameterCount()).isGreaterThan(1_000_000);
        }
        if (!kill) {
            assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
        }
    }

    @Test
    void aTableIsResumedToTheSameWeightsAfterItWasKilled() throws Exception {
        Path flats = flats("flats.csv", 200);
        String[] options = {"--epochs", "12", "--batch", "8", "--dropout", "0.1", "--checkpoint"};
        Path whole = trained(flats, "kind", with(options, directory.resolve("whole")));
        double[] expected = weights(whole);
        Path checkpoints = directory.resolve("checkpoints");
        Process process = JacobiProcess.start(with(
                new String[] {
                    "train",
                    "--data",
                    flats.toString(),
                    "--target",
                    "kind",
                    "--hidden",
                    "16",
                    "--threads",
                    "1",
                    "--epochs",
                    "12",
                    "--batch",
                    "8",
                    "--dropout",
                    "0.1",
                    "--every-steps",
                    "1",
                    "--checkpoint"
                },
                checkpoints));
        try (BufferedReader out = process.inputReader()) {
            assertThat(await(out, "epoch 2/")).isTrue();
            process.destroyForcibly();
            process.waitFor();
        }
        long steps = CheckpointDirectory.find(checkpoints).file().run().steps();
        assertThat(steps).isPositive();
        Path resumed = directory.resolve("resumed.safetensors");
        printed();

        assertThat(run("train", "--resume", checkpoints.toString(), "--save", resumed.toString()))
                .as(err.toString())
                .isZero();

        assertThat(printed()).contains("resumed from ", "at step " + steps, "stored in " + resumed);
        assertThat(weights(resumed)).isEqualTo(expected);
    }

    @Test
    void anotherTableThanTheRunsIsRefused() throws IOException {
        Path flats = flats("flats.csv", 100);
        Path checkpoints = directory.resolve("checkpoints");
        trained(flats, "kind", with(new String[] {"--epochs", "2", "--checkpoint"}, checkpoints));
        Files.writeString(flats, Files.readString(flats).replace("Basel", "Bonn"));

        assertThat(run("train", "--resume", checkpoints.toString(), "--epochs", "3"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not the table of the run in ", "restore the file");
    }

    private static String[] with(String[] options, Path last) {
        return Stream.concat(Stream.of(options), Stream.of(last.toString())).toArray(String[]::new);
    }

    private static double[] weights(Path model) throws IOException {
        return Vectors.toDoubles(ModelFile.load(model).model().weights());
    }
}
