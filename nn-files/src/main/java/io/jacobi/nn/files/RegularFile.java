package io.jacobi.nn.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
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
     * @param kind what is expected, for messages: {@code a .npy file}
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is a directory, a pipe or a device, or cannot be read
     */
    public static InputStream open(Path file, String kind) throws IOException {
        require(file, kind);
        // the streams of channels, which Files opens, are closed by an interrupt
        return file.getFileSystem() == FileSystems.getDefault()
                ? new FileInputStream(file.toFile())
                : Files.newInputStream(file);
    }

    /**
     * Checks that a path is a file.
     *
     * @param kind what is expected, for messages: {@code a .npy file}
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is a directory, a pipe or a device
     */
    public static void require(Path file, String kind) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file: it is "
                    + (Files.isDirectory(file) ? "a directory" : "a pipe or a device")
                    + "\n  expected " + kind
                    + "\n  fix: give the path of " + kind);
        }
    }
}
