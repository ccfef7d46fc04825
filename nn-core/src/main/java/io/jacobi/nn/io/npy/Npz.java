package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.npy.NpyFormatException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A .npz file that is open for reading: arrays by name, in a zip of .npy files that may be deflated.
 *
 * <pre>{@code
 * try (Npz file = Npz.open(Path.of("mnist.npz"))) {       // numpy.savez("mnist.npz", x_train=..., y_train=...)
 *     ArrayDataset train = ArrayDataset.of(file.read("x_train"), file.read("y_train"));
 * }
 * }</pre>
 *
 * <p>When an array is read, it is checked as {@link Npy} checks a file, and against the checksum of the zip. The allocated memory is at most
 * the size to which an entry can unpack, about a thousand times the size of the file.
 *
 * <p>{@link NpzWriter} writes such files. Not for use by several threads.
 */
public final class Npz implements Closeable {

    private static final String SUFFIX = ".npy";

    /** The most bytes to which one byte of a deflated entry can unpack: 258 bytes for two bits. */
    private static final long MAX_RATIO = 1032;

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private Npz(Path path, ZipFile zip) throws NpyFormatException {
        this.path = path;
        this.zip = zip;
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (name.endsWith(SUFFIX)
                    && entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
                throw new NpyFormatException(
                        "it contains \"" + name + "\" twice", "each name once", NpyFormatException.WRITE_AGAIN);
            }
        }
    }

    /**
     * Opens a file.
     *
     * @throws NpyFormatException if it is not a zip, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Npz open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new NpyFormatException(
                            file + " is not a complete zip: " + e.getMessage(),
                            "a file that numpy.savez wrote",
                            NpyFormatException.WRITE_AGAIN)
                    .causedBy(e);
        }
        try {
            return new Npz(file, zip);
        } catch (NpyFormatException e) {
            zip.close();
            throw e.in(file);
        }
    }

    /** The names of the arrays, in the order of the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Reads an array: see {@link Npy#read}.
     *
     * @throws NpyFormatException if there is no array of this name, or if it is damaged or has another type
     * @throws IOException if it cannot be read
     */
    public INDArray read(String name) throws IOException {
        return read(name, NpyReader::array);
    }

    /**
     * Reads integers: see {@link Npy#readInts}.
     *
     * @throws NpyFormatException if there is no array of this name, or if it is damaged or has elements that are not integers
     * @throws IOException if it cannot be read
     */
    public int[] readInts(String name) throws IOException {
        return read(name, NpyReader::ints);
    }

    private <T> T read(String name, NpyReader.Reading<T> reading) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new NpyFormatException(
                    path + " has no array \"" + name + "\"", "one of " + names(), "check the name");
        }
        try {
            requirePossible(entry);
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            T result = reading.from(NpyReader.open(in, entry.getSize()));
            requireIntact(entry, in);
            return result;
        } catch (ZipException | EOFException e) {
            throw damaged(String.valueOf(e.getMessage())).causedBy(e).in(path + ", " + name);
        } catch (NpyFormatException e) {
            throw e.in(path + ", " + name);
        }
    }

    /** Checks the lengths in the zip: the packed bytes are in the file, and they can unpack to the unpacked length. */
    private void requirePossible(ZipEntry entry) throws IOException {
        long packed = entry.getCompressedSize();
        long ratio = entry.getMethod() == ZipEntry.STORED ? 1 : MAX_RATIO;
        if (packed < 0 || packed > Files.size(path) || entry.getSize() < 0 || entry.getSize() / ratio > packed) {
            throw damaged("it would unpack " + packed + " bytes to " + entry.getSize() + " bytes");
        }
    }

    private static void requireIntact(ZipEntry entry, CheckedInputStream in) throws NpyFormatException {
        if (in.getChecksum().getValue() != entry.getCrc()) {
            throw damaged("its checksum differs");
        }
    }

    private static NpyFormatException damaged(String how) {
        return new NpyFormatException("the zip is damaged: " + how, "a complete file", NpyFormatException.WRITE_AGAIN);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    @Override
    public String toString() {
        return path + " " + names();
    }
}
