package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user runs it, on a small data set in MNIST's format. */
class JacobiTest extends CommandTest {

    @Test
    void trainsAndReports() throws IOException {
        Path json = directory.resolve("out.json");

        int exit = train("--epochs", "3", "--seed", "7", "--threads", "2", "--json", json.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Affine(32)", "parameters", "epoch 1/3", "epoch 3/3", "test accuracy", "samples/s");
        assertThat(Files.readString(json))
                .contains("\"testAccuracy\":", "\"testLoss\":", "\"epochs\":3", "\"samplesPerSecond\":")
                .contains("\"parameters\":" + (16 * 32 + 32 + 32 * 10 + 10), "\"seed\":7", "\"threads\":2");
    }

    @Test
    void learns() {
        assertThat(train("--epochs", "20")).isZero();
        assertThat(out.toString()).containsPattern("\ntest accuracy (1\\.0000|0\\.9\\d+)\n");
    }

    @Test
    void profileShowsTheTimeOfEachPartOfAStep() {
        assertThat(train("--epochs", "1", "--threads", "1", "--profile")).isZero();
        assertThat(out.toString())
                .containsPattern("\n\\d+ steps on 1 thread, [0-9.]+ ms each\n")
                .contains("\n  Affine(32) ", "\n  data ", "\n  optimizer ", "products take ")
                .containsPattern("this machine's peak is \\d+ GFLOP/s on one thread\n");
    }

    @Test
    void repeatsWithTheSameSeed() throws IOException {
        Path first = directory.resolve("1.json");
        Path second = directory.resolve("2.json");

        train("--json", first.toString());
        train("--json", second.toString());

        assertThat(withoutSpeed(second)).isEqualTo(withoutSpeed(first));
    }

    private static String withoutSpeed(Path json) throws IOException {
        return Files.readString(json).replaceAll("\"samplesPerSecond\":[^,}]*", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs 0          | number of epochs is 0",
                "--rate -1           | learning rate is -1.0",
                "--rate NaN          | learning rate is NaN",
                "--batch 0           | batch size is 0",
                "--threads 0         | number of threads is 0",
                "--hidden 16,0       | 0 units",
                "--momentum 1        | Momentum is 1.0",
                "--data nowhere      | nowhere has neither",
                "--json no/such/file | cannot write",
                "--save no/such/file | cannot write",
                "--rate 1e30         | The loss is"
            })
    void failsWithOneMessageAndNoStackTrace(String options, String message) {
        assertThat(train(options.split(" "))).isEqualTo(1);
        assertThat(err.toString()).startsWith("jacobi: ").contains(message).doesNotContain("\tat ");
    }

    @Test
    void stacktraceShowsWhereAnErrorCameFrom() {
        assertThat(train("--epochs", "0", "--stacktrace")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void namesTheStepAndTheLayerWhereNumbersOverflow() {
        assertThat(train("--rate", "1e30")).isEqualTo(1);
        assertThat(err.toString()).containsPattern("at step \\d+").containsPattern("layer \\d of 3, (Affine|Relu)");
    }

    @Test
    void leavesAnOldResultAloneWhenItFails() throws IOException {
        Path json = directory.resolve("out.json");
        Files.writeString(json, "old");

        train("--rate", "1e30", "--json", json.toString());

        assertThat(json).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
    }

    @Test
    void storesTheModelAndInspectDescribesIt() throws IOException {
        Path file = directory.resolve("model.safetensors");

        assertThat(train("--epochs", "2", "--seed", "7", "--save", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("inspect", file.toString())).as(err.toString()).isZero();

        String dataSet = directory.getFileName().toString();
        assertThat(out.toString())
                .contains("stored in " + file)
                .contains("written by Jacobi", "FLOAT, seed 7", "input [16]")
                .contains("0  Affine(units=32, bias=true, weightInitializer=VarianceScaling(scale=2.0", "1  Relu()")
                .contains("labels 0, 1, 2, 3, 4, 5, 6, 7, 8, 9")
                .contains("trained on " + dataSet + ", 2 epochs, seed 7, testAccuracy", "testLoss")
                .containsPattern("0\\.weight +F32 +\\[32, 16\\] +2,048 bytes")
                .contains("4 tensors, " + String.format(Locale.ROOT, "%,d", 4 * (16 * 32 + 32 + 32 * 10 + 10))
                        + " bytes; SHA-256 agrees");
        assertThat(ModelFile.load(file).model().layers()).hasSize(3);
    }

    @Test
    void exportsAStoredModelToOnnx() throws IOException {
        Path model = directory.resolve("model.safetensors");
        Path onnx = directory.resolve("model.onnx");
        train("--epochs", "1", "--save", model.toString());

        assertThat(run("export", model.toString(), onnx.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("stored in " + onnx + ": input [16] to output [10] per example, FLOAT, batches of any size");
        assertThat(onnx)
                .hasBinaryContent(OnnxExport.of(ModelFile.load(model).model()).toBytes());
    }

    @Test
    void refusesAModelPathThatCannotBeWrittenBeforeItTrains() {
        assertThat(train("--save", directory.toString())).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("epoch 1/");
    }

    @Test
    void inspectReportsAChangedBitAndFails() throws IOException {
        Path file = directory.resolve("model.safetensors");
        train("--epochs", "1", "--save", file.toString());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThat(run("inspect", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("Affine", "SHA-256 DIFFERS");
    }

    @Test
    void inspectOfAFileThatIsNoModelIsAnError() throws IOException {
        assertThat(run("inspect", directory.resolve("train-images-idx3-ubyte").toString()))
                .isEqualTo(1);
        assertThat(run("inspect", directory.resolve("nothing").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("its header would have", "there is no such file");
    }

    @ParameterizedTest
    @CsvSource({"mnist --no-such-option", "no-such-command", "''", "mnist --epochs many"})
    void wrongUsageExitsWithTwoAndPrintsTheUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .containsAnyOf("Usage: jacobi", "Did you mean")
                .doesNotContain("\tat ");
    }

    @Test
    void gradcheckListsWhatItChecked() {
        assertThat(run("gradcheck", "--layer", "affine")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Affine(3)", "1, 3", "passed").doesNotContain("FAILED", "Relu");
    }

    @Test
    void gradcheckListsNetworksByTheirNames() {
        assertThat(run("gradcheck", "--layer", "network")).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("Network \"MNIST CNN\", SoftmaxCrossEntropy", "passed")
                .doesNotContain("FAILED", "Relu");
    }

    @Test
    void gradcheckComparesPenaltiesWithTheirScalarTwins() {
        assertThat(run("gradcheck", "--layer", "L2")).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("L2\\[lambda=0.3, all=false].*( +\\d\\.\\de-\\d\\d){3}")
                .contains("3 passed");
    }

    @Test
    void gradcheckOfAnUnknownNameIsAnError() {
        assertThat(run("gradcheck", "--layer", "Afine")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "no layer, loss, penalty or network \"Afine\"", "Affine", "SoftmaxCrossEntropy", "PenaltySum");
    }

    @ParameterizedTest
    @CsvSource({"--help", "mnist --help", "--version", "mnist --version"})
    void printsHelpAndVersionForEveryCommand(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("jacobi");
    }
}
