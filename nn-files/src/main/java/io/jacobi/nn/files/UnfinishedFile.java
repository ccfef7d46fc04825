package io.jacobi.nn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that is deleted when it is closed, and also if the process is asked to end before, as by Ctrl-C. */
final class UnfinishedFile implements AutoCloseable {

    private final Path path;
    private final Thread deletion;
    private final boolean registered;

    /** Takes over a file that exists. */
    UnfinishedFile(Path path) {
        this.path = path;
        this.deletion = new Thread(this::deleteQuietly, "jacobi-delete-unfinished");
        this.registered = register();
    }

    private boolean register() {
        try {
            Runtime.getRuntime().addShutdownHook(deletion);
            return true;
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    private void deleteQuietly() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // the process ends, so the error cannot be reported
        }
    }

    /** Deletes the file, unless it was renamed. */
    @Override
    public void close() throws IOException {
        try {
            if (registered) {
                Runtime.getRuntime().removeShutdownHook(deletion);
            }
        } catch (IllegalStateException ending) {
            // then the deletion runs, or has run
        }
        Files.deleteIfExists(path);
    }
}
