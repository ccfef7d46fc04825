package io.jacobi.nn.train;

import io.jacobi.nn.files.DirectoryLock;
import io.jacobi.nn.io.CheckpointDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The directories of a run's checkpoints, locked for as long as the run lasts. */
final class LockedDirectories {

    private final List<DirectoryLock> locks = new ArrayList<>();

    private LockedDirectories() {}

    /**
     * Locks the directories of these checkpoints, each once.
     *
     * @throws IllegalStateException if another run has locked one of them; then none stays locked
     */
    static LockedDirectories of(List<Checkpoint> checkpoints) {
        LockedDirectories locked = new LockedDirectories();
        boolean all = false;
        try {
            Set<Path> paths = new HashSet<>();
            for (Checkpoint checkpoint : checkpoints) {
                CheckpointDirectory directory = checkpoint.directory();
                if (paths.add(directory.path())) {
                    locked.locks.add(directory.lock());
                }
            }
            all = true;
            return locked;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            if (!all) {
                locked.close();
            }
        }
    }

    /** Releases the locks. */
    void close() {
        locks.forEach(DirectoryLock::close);
    }
}
