package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that fail for want of memory or of a place for native libraries, each in a process of its own. */
class FailureTest extends CommandTest {

    private record Result(int exit, String output) {}

    private Result jacobi(List<String> java, String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jacobi.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static void isOneMessage(Result result, String... parts) {
        assertThat(result.output())
                .contains(parts)
                .contains("jacobi: ", "\n  fix: ")
                .doesNotContain("\tat ", "Exception in thread", "missing dependencies");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void aFullHeapIsNamedWithItsSize() throws Exception {
        isOneMessage(
                jacobi(List.of("-Xmx32m"), "mnist", "--epochs", "1"),
                "jacobi: out of memory: ",
                "the heap has at most 32 MB",
                "-Xmx");
    }

    @Test
    void tooManyUnitsForTheMemoryAreNamed() throws Exception {
        isOneMessage(
                jacobi(
                        List.of("-Xmx96m"),
                        "mnist",
                        "--data",
                        directory.toString(),
                        "--hidden",
                        "1000000",
                        "--epochs",
                        "1",
                        "--threads",
                        "1"),
                "jacobi: out of memory: ",
                "the heap has at most 96 MB",
                "fewer units");
    }

    @Test
    void noPlaceForTheNativeLibrariesNamesTheProperty() throws Exception {
        Path file = Files.createFile(directory.resolve("afile"));
        isOneMessage(
                jacobi(
                        List.of(
                                "-Dorg.bytedeco.javacpp.cachedir=" + file.resolve("cache"),
                                "-Duser.home=" + file.resolve("home"),
                                "-Djava.io.tmpdir=" + file.resolve("tmp")),
                        "mnist",
                        "--data",
                        directory.toString(),
                        "--epochs",
                        "1"),
                "jacobi: The native libraries for ",
                "cannot be loaded: ",
                file.resolve("cache").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=DIR");
    }

    @Test
    void aFileInThePlaceOfADirectoryOfCheckpointsIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("afile"));

        assertThat(train("--checkpoint", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("jacobi: cannot write in the directory " + file)
                .contains("there is a file where a directory is needed", "\n  fix: ");
        assertThat(out.toString()).doesNotContain("epoch 1/");
    }

    @Test
    void theNameOfAFileAloneIsNoMessage() {
        assertThat(Failure.describe(new AccessDeniedException("model.safetensors")))
                .isEqualTo("model.safetensors: permission is denied"
                        + "\n  fix: choose another place, or change the permissions");
    }

    @Test
    void memoryThatEndedBelowAnotherExceptionIsStillTheReason() {
        assertThat(Failure.describe(new RuntimeException("op failed", new OutOfMemoryError("Java heap space"))))
                .startsWith("out of memory: Java heap space\n  the heap has at most ");
        assertThat(Failure.describe(new StackOverflowError())).contains("the stack is full", "-Xss");
    }
}
