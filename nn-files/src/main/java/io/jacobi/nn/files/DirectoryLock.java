package io.jacobi.nn.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one owner at a time writes to, in all processes. The operating system holds the lock on a file in
 * the directory and releases it when the process ends, however it ends: the file of a killed process locks nothing.
 */
public final class DirectoryLock implements AutoCloseable {

    /** The name of the locked file, which is deleted when the lock is released. */
    public static final String NAME = "run.lock";

    /**
     * The directories that this process has locked. The system's lock belongs to the whole process, and closing any
     * channel of the file would release it, so a second owner in this process is refused before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;

    private DirectoryLock(Path directory, Path file, FileChannel channel, @Nullable Object key) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Locks a directory, which is created if it does not exist.
     *
     * @throws IllegalStateException if it is locked, by this process or another
     * @throws IOException if the directory cannot be created, or no file in it
     */
    public static DirectoryLock of(Path directory) throws IOException {
        Path real;
        try {
            Files.createDirectories(directory);
            real = directory.toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        if (!HELD.add(real)) {
            throw inUse(directory);
        }
        DirectoryLock lock = null;
        try {
            lock = lock(directory, real);
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            if (lock == null) {
                HELD.remove(real);
            }
        }
        return lock;
    }

    private static DirectoryLock lock(Path directory, Path real) throws IOException {
        Path file = real.resolve(NAME);
        while (true) {
            create(file);
            Object key = key(file);
            FileChannel channel;
            try {
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (NoSuchFileException releasedMeanwhile) {
                continue;
            }
            FileLock lock = null;
            try {
                lock = channel.tryLock();
                if (lock == null) {
                    throw inUse(directory);
                } else if (Objects.equals(key, key(file))) {
                    return new DirectoryLock(real, file, channel, key);
                }
                // an owner has deleted this file meanwhile: a lock on it excludes no other owner
                lock = null;
            } catch (OverlappingFileLockException anotherClassLoader) {
                throw inUse(directory);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
        }
    }

    private static void create(Path file) throws IOException {
        if (!Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        }
    }

    /** What tells this file from another that takes its name later; null if there is no file, or on Windows. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    private static IllegalStateException inUse(Path directory) {
        return new IllegalStateException("Another run is using the directory " + directory
                + "\n  expected one run at a time in a directory"
                + "\n  fix: give another directory, or wait until that run has ended");
    }

    private static IOException unusable(Path directory, IOException e) {
        return new IOException("cannot write in the directory " + directory + ": " + FileProblem.describe(e), e);
    }

    /** Deletes the file and releases the lock. */
    @Override
    public void close() {
        try (channel) {
            // if the directory was deleted and made again, the file may be another owner's
            if (Objects.equals(key, key(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException remains) {
            // without a lock on it the file excludes no other owner
            return;
        } finally {
            HELD.remove(directory);
        }
    }

    @Override
    public String toString() {
        return "DirectoryLock of " + directory;
    }
}
