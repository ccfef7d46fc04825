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
 * A file that is written as a whole or not at all: beside its place, forced to the disk, then moved. Whoever reads it, at any moment
 * and after any crash, finds the old content or the new.
 */
public final class AtomicFile {

    private static final String UNFINISHED = ".jacobi-";

    private final Path file;

    private AtomicFile(Path file) {
        this.file = file;
    }

    /** What is to be written. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A file to write later.
     *
     * @throws IOException if it could not be written: better said before an hour of training than after
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
     * Writes the file, in place of the one that is there, if there is one.
     *
     * @throws IOException if {@code content} throws it or the disk is full; the file has not changed then, and nothing is left beside
     *     it
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
                // or the name could reach the disk before the bytes do
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        force(directory);
    }

    /**
     * Deletes what writers that were killed have left in a directory. Nobody may be writing there.
     *
     * @param name which files they meant to write
     * @throws IOException if the directory cannot be read, or a file not be deleted
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

    /** Makes the new name last; where a directory cannot be opened, as on Windows, the file system sees to it. */
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
