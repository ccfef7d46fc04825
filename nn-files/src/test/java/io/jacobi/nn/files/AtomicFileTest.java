package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole, or not there. */
class AtomicFileTest {

    @TempDir
    private Path directory;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isThereAfterItWasWritten() throws IOException {
        Path file = directory.resolve("file");

        AtomicFile.at(file).write(text("old"));
        AtomicFile.at(file).write(text("new"));

        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryNotContaining("glob:**.jacobi*");
    }

    @Test
    void whileItIsWrittenTheOldOneIsThere() throws IOException {
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
    void aFailureLeavesTheOldOneAndNothingElse() throws IOException {
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
    void refusesAPlaceThatCannotBeWrittenBeforeThereIsAnythingToWrite() {
        assertThatThrownBy(() -> AtomicFile.at(directory)).hasMessageContaining("cannot write");
        assertThatThrownBy(() -> AtomicFile.at(directory.resolve("no/file"))).hasMessageContaining("cannot write");
    }
}
