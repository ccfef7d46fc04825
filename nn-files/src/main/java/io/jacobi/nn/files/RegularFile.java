package io.jacobi.nn.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens files for reading, and nothing else: a pipe would wait for a writer, and a device never ends. An interrupt of
 * the thread does not end the reading, as it would with a channel.
 */
public final class RegularFile {

    private RegularFile() {}

    /**
     * Opens a file.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is a directory, a pipe or a device, or cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        require(file);
        // the streams of channels, which Files opens, are closed by an interrupt
        return file.getFileSystem() == FileSystems.getDefault()
                ? new FileInputStream(file.toFile())
                : Files.newInputStream(file);
    }

    /** Opens a file to be read at any position. */
    static RandomAccessFile openRandomly(Path file) throws IOException {
        require(file);
        return new RandomAccessFile(file.toFile(), "r");
    }

    /**
     * Checks that a path is a file.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is a directory, a pipe or a device
     */
    public static void require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("cannot read " + file + ": it is "
                    + (Files.isDirectory(file) ? "a directory" : "a pipe or a device")
                    + "\n  expected a file");
        }
    }
}
