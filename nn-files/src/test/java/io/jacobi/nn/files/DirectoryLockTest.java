package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    /** Another process, which locks the directory, says so, and holds the lock until its standard input ends. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (DirectoryLock lock = DirectoryLock.of(Path.of(args[0]))) {
                System.out.println(lock);
                System.in.read();
            } catch (IllegalStateException refused) {
                System.out.println("refused: " + refused.getMessage());
            }
        }
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    private void refuses() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DirectoryLock.of(directory))
                .withMessageContainingAll("Another run is using the directory " + directory, "fix: give another");
    }

    @Test
    void anotherProcessIsRefusedUntilTheLockIsReleased() throws Exception {
        try (DirectoryLock held = DirectoryLock.of(directory)) {
            assertThat(firstLine(holder()))
                    .as(held.toString())
                    .startsWith("refused: Another run is using the directory " + directory);
        }
        Process other = holder();
        assertThat(firstLine(other)).startsWith("DirectoryLock of ");
        refuses();
        other.getOutputStream().close();
        assertThat(other.waitFor()).isZero();
        DirectoryLock.of(directory).close();
    }

    @Test
    void theFileOfAKilledProcessLocksNothing() throws Exception {
        Process killed = holder();
        assertThat(firstLine(killed)).startsWith("DirectoryLock of ");
        killed.destroyForcibly().waitFor();

        assertThat(directory.resolve(DirectoryLock.NAME)).exists();
        DirectoryLock.of(directory).close();
    }

    @Test
    void aSecondOwnerInOneProcessIsRefusedAndDoesNotReleaseTheLockOfTheFirst() throws Exception {
        try (DirectoryLock held = DirectoryLock.of(directory)) {
            refuses();
            assertThat(firstLine(holder())).as(held.toString()).startsWith("refused");
        }
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Path created = directory.resolve("a/b");
        DirectoryLock.of(created).close();
        assertThat(created).isEmptyDirectory();
    }

    @Test
    void theLockOfADirectoryThatWasMadeAgainIsLeftToItsOwner() throws IOException {
        Path file = directory.resolve(DirectoryLock.NAME);
        DirectoryLock old = DirectoryLock.of(directory);
        Path kept = Files.move(file, directory.resolve("moved"));
        Files.createFile(file);

        old.close();

        assertThat(file).exists();
        assertThat(kept).exists();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("afile"));
        assertThatIOException()
                .isThrownBy(() -> DirectoryLock.of(file))
                .withMessageContainingAll(file.toString(), "there is a file where a directory is needed", "fix: ");
        assertThatIOException()
                .isThrownBy(() -> DirectoryLock.of(file.resolve("below")))
                .withMessageContainingAll(file.toString(), "there is a file where a directory is needed");
    }
}
