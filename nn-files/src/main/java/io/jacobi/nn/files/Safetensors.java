package io.jacobi.nn.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A safetensors file that is open for reading: named tensors, and strings about them.
 *
 * <pre>
 * 8 bytes, little-endian: n     n bytes of JSON: name, type, shape and position of each tensor     the tensors' bytes
 * </pre>
 *
 * {@link #open} reads the header and checks it against the length of the file. After that, every tensor lies in the
 * file without overlap, and its shape agrees with its number of bytes. A header of more than 2 MiB is refused. An
 * instance is not thread-safe.
 *
 * <p>A model that Jacobi wrote can be read without its layers and without ND4J:
 *
 * <pre>{@code
 * try (Safetensors file = Safetensors.open(Path.of("model.safetensors"))) {
 *     Description description = ModelMetadata.description(file);
 *     ModelMetadata.requireIntact(description, file);
 *     for (Description.StoredLayer layer : description.layers()) { ... }
 *     TensorInfo weight = file.find("0.weight").orElseThrow();
 *     file.read(weight.name(), weight.elements(), in -> ...);
 * }
 * }</pre>
 *
 * <p>Source: the format's description at github.com/huggingface/safetensors.
 */
public final class Safetensors implements Closeable {

    private static final int LENGTH_BYTES = 8;
    private static final int PIECE = 1 << 16;

    private final Path path;
    private final RandomAccessFile file;
    private final long length;
    private final long dataStart;
    private final SafetensorsHeader header;
    private final Map<String, TensorInfo> byName;
    private final byte[] piece = new byte[PIECE];

    private Safetensors(Path path, RandomAccessFile file) throws IOException {
        this.path = path;
        this.file = file;
        this.length = file.length();
        byte[] json = new byte[HeaderLength.of(file)];
        file.readFully(json);
        this.dataStart = (long) LENGTH_BYTES + json.length;
        this.header = HeaderParser.parse(json, length - dataStart);
        this.byName = header.tensors().stream()
                .collect(Collectors.toMap(TensorInfo::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /**
     * Opens a file.
     *
     * @throws ModelFormatException if the file has another format, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Safetensors open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        } else if (!Files.isRegularFile(path)) {
            throw new ModelFormatException(path + " is not a file", "a file", "give the path of a .safetensors file");
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new Safetensors(path, file);
        } catch (ModelFormatException e) {
            file.close();
            throw e.in(path);
        } catch (EOFException e) {
            file.close();
            throw shortened(path, e);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** The path of the file. */
    public Path path() {
        return path;
    }

    /** The strings about the tensors, in the order of the file. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensors in the order of their bytes. */
    public List<TensorInfo> tensors() {
        return header.tensors();
    }

    /** The tensor of this name, if there is one. */
    public Optional<TensorInfo> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Reads the bytes of one tensor. */
    @FunctionalInterface
    public interface Reader {

        /** Reads from {@code in}, which ends where the tensor ends. */
        void read(InputStream in) throws IOException;
    }

    /**
     * Reads the bytes of a tensor of weights: its elements in 'c' order, each little-endian.
     *
     * @param elements the number of elements for which the caller has room
     * @throws ModelFormatException if there is no tensor of this name, or if its type is neither F32 nor F64
     * @throws IllegalArgumentException if the tensor has another number of elements
     * @throws IOException if the file cannot be read; then {@code reader} may already have read a part of the bytes
     */
    public void read(String name, long elements, Reader reader) throws IOException {
        TensorInfo tensor = byName.get(name);
        if (tensor == null) {
            throw new ModelFormatException(
                    path + " has no tensor \"" + FileText.show(name) + "\"",
                    "one of " + FileText.list(byName.keySet()),
                    "load the matching file");
        }
        if (!tensor.type().isWeight()) {
            throw new ModelFormatException(
                    path + ": \"" + FileText.show(tensor.name()) + "\" is " + tensor.type(),
                    "F32 or F64",
                    "store the tensor as F32 or F64: module.float() in PyTorch");
        }
        if (tensor.elements() != elements) {
            throw new IllegalArgumentException("Cannot read \"" + FileText.show(tensor.name()) + "\" " + tensor.shape()
                    + " into " + elements + " elements\n  expected " + tensor.elements() + " elements");
        }
        read(tensor, reader);
    }

    /** Reads the bytes of one tensor; the reader may leave some of them. */
    private void read(TensorInfo tensor, Reader reader) throws IOException {
        try {
            file.seek(dataStart + tensor.begin());
            reader.read(new TensorStream(file, tensor.bytes()));
        } catch (EOFException e) {
            throw shortened(path, e);
        }
    }

    private static EOFException shortened(Path path, EOFException e) {
        EOFException named = new EOFException(path + " became shorter while it was read"
                + "\n  expected a file that no program writes to"
                + "\n  fix: read it again when it is complete; write a new file beside it, and rename it");
        named.initCause(e);
        return named;
    }

    /** Reads the bytes of the tensors, one tensor after the other. */
    @FunctionalInterface
    public interface AllReader {

        /** Reads as much as it needs from {@code in}, which ends where the tensor ends. */
        void read(TensorInfo tensor, InputStream in) throws IOException;
    }

    /**
     * Reads all tensors, in the order of the file.
     *
     * @throws IOException if the file cannot be read; then {@code reader} may already have read a part of the bytes
     */
    public void readAll(AllReader reader) throws IOException {
        for (TensorInfo tensor : tensors()) {
            read(tensor, in -> reader.read(tensor, in));
        }
    }

    /**
     * Reads all tensors, in the order of the file, and returns the SHA-256 of the bytes that were read. If another
     * program changes the file meanwhile, the hash is the hash of what {@code reader} received.
     *
     * @return 64 hexadecimal digits
     * @throws IOException if the file cannot be read; then {@code reader} may already have read a part of the bytes
     */
    public String readAllAndHash(AllReader reader) throws IOException {
        MessageDigest digest = Sha256.digest();
        readAll((tensor, bytes) -> {
            InputStream in = new DigestInputStream(bytes, digest);
            reader.read(tensor, in);
            // the rest of the tensor counts as well
            int n = 0;
            while (n >= 0) {
                n = in.read(piece);
            }
        });
        return Sha256.hex(digest);
    }

    /** The SHA-256 of all tensors' bytes, as 64 hexadecimal digits. */
    public String sha256() throws IOException {
        return readAllAndHash((tensor, in) -> {});
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return path + " " + FileText.list(byName.keySet());
    }

    /**
     * Writes a file.
     *
     * @param metadata strings about the tensors
     * @param tensors in the order of their bytes, without gaps
     * @param data writes the bytes of all tensors
     * @throws ModelFormatException if the header is too long for a reader, or if UTF-8 cannot encode a text
     * @throws IOException if {@code out} or {@code data} throws it
     */
    public static void write(
            OutputStream out, Map<String, String> metadata, List<TensorInfo> tensors, AtomicFile.Content data)
            throws IOException {
        out.write(new SafetensorsHeader(metadata, tensors).toBytes());
        data.writeTo(out);
    }

    /** The {@link #sha256() hash} of a file with these tensors' bytes. */
    public static String sha256(AtomicFile.Content data) throws IOException {
        MessageDigest digest = Sha256.digest();
        data.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Sha256.hex(digest);
    }
}
