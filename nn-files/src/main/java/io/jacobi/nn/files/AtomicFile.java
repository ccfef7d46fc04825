package io.jacobi.nn.files;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
 * A file that is written completely or not at all: under a temporary name in the same directory, forced to the disk,
 * then renamed. At any moment, and after any crash, the file has either the old content or the new content.
 */
public final class AtomicFile {

    private static final String UNFINISHED = ".jacobi-";

    /** A temporary name has this many bytes more than the final one: a point, the mark and a UUID. */
    private static final int LONGEST_NAME = 255 - 1 - UNFINISHED.length() - 36;

    private final Path named;
    private final Path file;

    private AtomicFile(Path named, Path file) {
        this.named = named;
        this.file = file;
    }

    /** The content of a file, or of a part of it. */
    @FunctionalInterface
    public interface Content {

        /** Writes all bytes, and leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Returns a file to be written later. If it is a symbolic link, its target is written and the link stays.
     *
     * @throws IOException if it cannot be written, so that a program finds out before an hour of training and not
     *     afterwards: the directory, the name and the permissions are tried with an empty temporary file
     */
    public static AtomicFile at(Path path) throws IOException {
        try {
            AtomicFile file = new AtomicFile(path, ReplacedFile.behindLinks(path));
            new ReplacedFile(file.file).requireReplaceable();
            Files.deleteIfExists(file.createUnfinished());
            return file;
        } catch (IOException e) {
            throw new IOException("cannot write " + path + ": " + FileProblem.describe(e), e);
        }
    }

    private static Path directoryOf(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return Objects.requireNonNullElse(whole.getParent(), whole);
    }

    /** Creates an empty temporary file, with the permissions of the file that it replaces. */
    private Path createUnfinished() throws IOException {
        String name = file.getFileName().toString();
        boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        Path unfinished = directoryOf(file).resolve("." + (fits ? name : "long") + UNFINISHED + UUID.randomUUID());
        Files.createFile(unfinished);
        new ReplacedFile(file).givePermissionsTo(unfinished);
        return unfinished;
    }

    /**
     * Writes the file, and replaces an existing one, whose permissions and group it keeps. An interrupt of the thread
     * does not end the writing. If the process is asked to end meanwhile, as by Ctrl-C, the temporary file is deleted; if
     * it is killed, the file stays under its temporary name.
     *
     * @throws IOException if {@code content} throws it or if the disk is full; then an existing file has not changed,
     *     and the temporary file is deleted
     */
    public void write(Content content) throws IOException {
        Path unfinished = createOrFail();
        try (UnfinishedFile temporary = new UnfinishedFile(unfinished)) {
            // not a channel, which an interrupt would close
            try (FileOutputStream stream = new FileOutputStream(temporary.path().toFile());
                    OutputStream out = new BufferedOutputStream(new Named(stream))) {
                content.writeTo(out);
                out.flush();
                // without this, the new name could reach the disk before the bytes
                stream.getFD().sync();
            }
            move(temporary.path());
        }
        force(directoryOf(file));
    }

    private Path createOrFail() throws IOException {
        try {
            return createUnfinished();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void move(Path unfinished) throws IOException {
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        return new IOException("cannot write " + named + ": " + FileProblem.describe(e), e);
    }

    /** Names the file in what the disk says, and leaves exceptions of the content as they are. */
    private final class Named extends FilterOutputStream {

        private Named(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /**
     * Deletes the temporary files that killed processes have left in a directory. No other process may be writing
     * there.
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

    /**
     * Forces the new name to the disk. Where a directory cannot be opened, as on Windows, the file system does this
     * itself.
     */
    private static void force(Path directory) {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notADirectoryToOpen) {
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return named.toString();
    }
}
