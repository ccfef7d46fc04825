package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
