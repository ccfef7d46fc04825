package io.jacobi.nn.train;

import io.jacobi.nn.files.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The directories of a run's checkpoints, locked for as long as the run lasts. */
final class LockedDirectories {

    private final List<DirectoryLock> locks = new ArrayList<>();

    private LockedDirectories() {}

    /**
     * Locks the directories of these checkpoints, which differ: {@link FitCheck}.
     *
     * @throws IllegalStateException if another run has locked one of them; then none stays locked
     */
    static LockedDirectories of(List<Checkpoint> checkpoints) {
        LockedDirectories locked = new LockedDirectories();
        boolean all = false;
        try {
            for (Checkpoint checkpoint : checkpoints) {
                locked.locks.add(checkpoint.directory().lock());
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
