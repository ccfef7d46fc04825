package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.FileKind;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.RegularFile;
import io.jacobi.nn.files.UnpackingLimit;
import io.jacobi.nn.files.npy.NpyFormatException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
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
 * <p>When an array is read, it is checked as {@link Npy} checks a file, and against the checksum of the zip. A
 * compressed array that would take more than 256 MiB of memory, and more than a hundred times its packed size, is
 * refused, unless {@link #open(Path, long)} allows it.
 *
 * <p>{@link NpzWriter} writes such files. An instance is not thread-safe.
 */
public final class Npz implements Closeable {

    private static final String SUFFIX = ".npy";

    /** The most bytes to which one byte of a deflated entry can unpack: 258 bytes for two bits. */
    private static final long MAX_RATIO = 1032;

    private final Path path;
    private final ZipFile zip;
    private final long most;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private Npz(Path path, ZipFile zip, long most) throws NpyFormatException {
        this.path = path;
        this.zip = zip;
        this.most = most;
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (name.endsWith(SUFFIX)
                    && entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
                throw new NpyFormatException(
                        "it contains \"" + FileText.show(name) + "\" twice",
                        "each name once",
                        NpyFormatException.WRITE_AGAIN);
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
        return open(file, 0);
    }

    /**
     * Opens a file that is trusted to unpack to more memory.
     *
     * @param mostBytes the memory that each array may take, if it is more than {@link #open(Path)} allows
     * @throws NpyFormatException if the file is not a zip, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Npz open(Path file, long mostBytes) throws IOException {
        RegularFile.require(file, "an .npz file");
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (FileSystemException | FileNotFoundException e) {
            throw e; // it cannot be opened, whatever is in it
        } catch (IOException | IllegalArgumentException e) {
            // for some damages the JDK's exception has no message, or is not of the type that it documents
            throw notAZip(file, e);
        }
        try {
            return new Npz(file, zip, mostBytes);
        } catch (NpyFormatException e) {
            zip.close();
            throw e.in(file);
        }
    }

    private static NpyFormatException notAZip(Path file, Exception e) throws IOException {
        Optional<FileKind> other;
        try (InputStream in = RegularFile.open(file, "an .npz file")) {
            other = FileKind.of(in.readNBytes(FileKind.BYTES)).filter(kind -> kind != FileKind.ZIP);
        }
        String damage = Optional.ofNullable(e.getMessage()).orElse("its directory cannot be read");
        return new NpyFormatException(
                        file + " is not a complete zip: "
                                + other.map(kind -> "it is " + kind.description())
                                        .orElseGet(() -> FileText.show(damage)),
                        "a file that numpy.savez wrote",
                        other.map(FileKind::fix).orElse(NpyFormatException.WRITE_AGAIN))
                .causedBy(e);
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
     * @throws NpyFormatException if there is no array of this name, or if it is damaged or has elements that are not
     *     integers
     * @throws IOException if it cannot be read
     */
    public int[] readInts(String name) throws IOException {
        return read(name, NpyReader::ints);
    }

    private <T> T read(String name, NpyReader.Reading<T> reading) throws IOException {
        ZipEntry entry = find(name);
        try {
            requirePossible(entry);
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            T result = reading.from(NpyReader.open(in, entry.getSize(), mostBytes(entry)));
            requireIntact(entry, in);
            return result;
        } catch (NpyFormatException e) {
            throw e.in(path + ", " + FileText.show(name));
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage())).causedBy(e).in(path + ", " + FileText.show(name));
        }
    }

    /** The entry of this name, with or without .npy, as numpy finds it. */
    private ZipEntry find(String name) throws NpyFormatException {
        ZipEntry entry = entries.getOrDefault(name, zip.getEntry(name));
        if (entry == null || entry.isDirectory()) {
            List<String> others = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(other -> !other.endsWith(SUFFIX))
                    .toList();
            throw new NpyFormatException(
                    path + " has no array \"" + FileText.show(name) + "\"",
                    "one of " + FileText.list(names())
                            + (others.isEmpty() ? "" : "; there are also " + FileText.list(others) + ", without .npy"),
                    "check the name");
        }
        return entry;
    }

    /** The most memory for an entry; one that is not packed takes at most four times its size, for u1. */
    private long mostBytes(ZipEntry entry) {
        return entry.getMethod() == ZipEntry.STORED
                ? Long.MAX_VALUE
                : Math.max(most, UnpackingLimit.bytes(entry.getCompressedSize()));
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
        return path + " " + FileText.list(names());
    }
}
