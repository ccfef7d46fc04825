package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file has its old content or its new content, and nothing between them. */
class AtomicFileTest {

    @TempDir
    private Path directory;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hasTheNewContentAfterItIsWritten() throws IOException {
        Path file = directory.resolve("file");

        AtomicFile.at(file).write(text("old"));
        AtomicFile.at(file).write(text("new"));

        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
    }

    @Test
    void hasTheOldContentWhileItIsWritten() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");

        AtomicFile.at(file).write(out -> {
            text("half of the new").writeTo(out);
            out.flush();
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasContent("half of the new");
    }

    @Test
    void aFailureLeavesTheOldContentAndNoOtherFile() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.at(file).write(out -> {
                    text("half of the new").writeTo(out);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void refusesAPathThatCannotBeWrittenBeforeThereIsContent() {
        assertThatThrownBy(() -> AtomicFile.at(directory)).hasMessageContaining("cannot write");
        assertThatThrownBy(() -> AtomicFile.at(directory.resolve("no/file"))).hasMessageContaining("cannot write");
    }

    @Test
    void deletesUnfinishedFilesOfTheGivenNamesAlone() throws IOException {
        Files.createFile(directory.resolve(".a.jacobi-1"));
        Files.createFile(directory.resolve(".a.jacobi-.jacobi-2"));
        Files.createFile(directory.resolve(".b.jacobi-3"));
        Files.createFile(directory.resolve("aa.jacobi-4"));
        Files.createFile(directory.resolve(".jacobi-5"));
        Files.createFile(directory.resolve("a"));

        AtomicFile.deleteUnfinished(directory, name -> name.startsWith("a"));

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder(".b.jacobi-3", "aa.jacobi-4", ".jacobi-5", "a");
    }

    /** A copy of the temporary file remains, as if the process had been killed. */
    @Test
    void deletesTheUnfinishedFileOfAKilledProcess() throws IOException {
        AtomicFile.at(directory.resolve("file")).write(out -> {
            Path unfinished = onlyFile();
            Files.copy(unfinished, directory.resolve(unfinished.getFileName() + "0"));
        });
        assertThat(directory.toFile().list()).hasSize(2);

        AtomicFile.deleteUnfinished(directory, "file"::equals);

        assertThat(onlyFile()).hasFileName("file");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void isShownAsItsPath() throws IOException {
        assertThat(AtomicFile.at(directory.resolve("file")))
                .hasToString(directory.resolve("file").toString());
    }

    @Test
    void keepsThePermissionsOfTheFileThatItReplaces() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");
        for (String mode : List.of("rw-------", "rw-rw-r--", "rwxr-x---")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            AtomicFile.at(file).write(text("new"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode);
        }
    }

    @Test
    void refusesToReplaceAReadOnlyFile() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(() -> AtomicFile.at(file))
                .hasMessage("cannot write " + file + ": the file is read-only"
                        + "\n  fix: choose another name, or make the file writable");
        assertThat(file).hasContent("old");
    }

    @Test
    void writesThroughSymbolicLinks() throws IOException {
        Path target = Files.createDirectory(directory.resolve("real")).resolve("target");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real", "target"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);

        AtomicFile.at(second).write(text("first")); // the target does not exist yet
        AtomicFile.at(link).write(text("new"));

        assertThat(link).isSymbolicLink();
        assertThat(second).isSymbolicLink();
        assertThat(target).hasContent("new").isRegularFile();
        Path circle = directory.resolve("circle");
        Files.createSymbolicLink(circle, circle);
        assertThatThrownBy(() -> AtomicFile.at(circle)).hasMessageContaining("its symbolic links form a circle");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 242, 255})
    void writesNamesOfAnyLengthThatTheDiskTakes(int length) throws IOException {
        Path file = directory.resolve("n".repeat(length));

        AtomicFile.at(file).write(text("new"));

        assertThat(file).hasContent("new");
    }

    @Test
    void refusesALongerNameBeforeThereIsContent() {
        Path file = directory.resolve("n".repeat(256));
        assertThatThrownBy(() -> AtomicFile.at(file))
                .hasMessage("cannot write " + file + ": its name is too long\n  fix: choose a shorter name");
    }

    @Test
    void refusesADevice() {
        assertThatThrownBy(() -> AtomicFile.at(Path.of("/dev/null")))
                .hasMessageStartingWith("cannot write /dev/null: it is a pipe or a device");
        assertThat(Path.of("/dev/null"))
                .satisfies(path -> assertThat(Files.isRegularFile(path)).isFalse());
    }

    @Test
    void anInterruptDoesNotEndTheWritingAndIsKept() throws IOException {
        Path file = directory.resolve("file");
        Thread.currentThread().interrupt();
        try {
            AtomicFile.at(file).write(text("new"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void aDirectoryThatIsDeletedIsNamed() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        AtomicFile file = AtomicFile.at(inner.resolve("file"));
        Files.delete(inner);

        assertThatThrownBy(() -> file.write(text("new")))
                .hasMessage("cannot write " + inner.resolve("file") + ": a directory of its path does not exist"
                        + "\n  fix: create the directory, or correct the path");
    }

    @Test
    void aFullDiskIsNamed() {
        IOException full = new IOException("No space left on device");
        assertThat(FileProblem.describe(full))
                .isEqualTo("the disk is full (No space left on device)"
                        + "\n  fix: free some space, or choose another disk");
    }

    /** Ctrl-C sends SIGINT, and destroy SIGTERM: the JVM ends in the same way. */
    @Test
    void aProcessThatIsAskedToEndLeavesTheOldContentAndNoOtherFile() throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "old");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWrite.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("writing");
        assertThat(directory).isDirectoryContaining("glob:**.jacobi*");

        process.destroy();
        process.waitFor();

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
    }

    /** A process that never finishes its file. */
    static final class EndlessWrite {

        private EndlessWrite() {}

        public static void main(String[] args) throws IOException {
            AtomicFile.at(Path.of(args[0])).write(out -> {
                text("half of the new").writeTo(out);
                out.flush();
                System.out.println("writing");
                try {
                    Thread.sleep(Long.MAX_VALUE);
                } catch (InterruptedException unexpected) {
                    throw new IOException(unexpected);
                }
            });
        }
    }
}
