package io.jacobi.nn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A file that is written completely or not at all: under a temporary name in the same directory, forced to the disk, then renamed. At any
 * moment, and after any crash, the file has either the old content or the new content.
 */
public final class AtomicFile {

    private static final String UNFINISHED = ".jacobi-";

    private final Path file;

    private AtomicFile(Path file) {
        this.file = file;
    }

    /** The content of a file, or of a part of it. */
    @FunctionalInterface
    public interface Content {

        /** Writes all bytes, and leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Returns a file to be written later.
     *
     * @throws IOException if it cannot be written, so that a program finds out before an hour of training and not afterwards
     */
    public static AtomicFile at(Path file) throws IOException {
        Path directory = directoryOf(file);
        if (!Files.isDirectory(directory) || !Files.isWritable(directory) || Files.isDirectory(file)) {
            throw new IOException(
                    "cannot write " + file + "\n  expected a file name in a directory that exists and is writable");
        }
        return new AtomicFile(file);
    }

    private static Path directoryOf(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return Objects.requireNonNullElse(whole.getParent(), whole);
    }

    /**
     * Writes the file, and replaces an existing one.
     *
     * @throws IOException if {@code content} throws it or if the disk is full; then an existing file has not changed, and the temporary
     *     file is deleted
     */
    public void write(Content content) throws IOException {
        Path directory = directoryOf(file);
        Path unfinished = directory.resolve("." + file.getFileName() + UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel channel =
                            FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                content.writeTo(out);
                out.flush();
                // without this, the new name could reach the disk before the bytes
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        force(directory);
    }

    /**
     * Deletes the temporary files that killed processes have left in a directory. No other process may be writing there.
     *
     * @param name accepts the final names of the files
     * @throws IOException if the directory cannot be read, or if a file cannot be deleted
     */
    public static void deleteUnfinished(Path directory, Predicate<String> name) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(directory)) {
            left = files.filter(file -> {
                        String own = file.getFileName().toString();
                        int end = own.lastIndexOf(UNFINISHED);
                        return own.startsWith(".") && end > 0 && name.test(own.substring(1, end));
                    })
                    .toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    /** Forces the new name to the disk. Where a directory cannot be opened, as on Windows, the file system does this itself. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notADirectoryToOpen) {
            return;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
