package io.jacobi.nn.datasets;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of unsigned bytes in the IDX format of MNIST, plain or gzipped:
 *
 * <pre>
 * bytes 0, 1   zero
 * byte 2       element type; 8 is unsigned byte, the only one that this reader accepts
 * byte 3       number of dimensions, d
 * d times 4    the dimensions, big-endian
 * then         the elements, slowest dimension first, and nothing after them
 * </pre>
 *
 * Source: Yann LeCun, "The MNIST database of handwritten digits", section "File formats". The reader is strict: it
 * rejects a file that is shorter or longer than its header says, and allocates no memory for a length in a header
 * before the bytes have arrived.
 *
 * @param shape the dimensions
 * @param bytes the elements, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // holds a file's content until it is converted, and is never compared
public record Idx(Shape shape, byte[] bytes) {

    private static final int UNSIGNED_BYTE = 8;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    /**
     * Reads a file, gzipped or not, as its first bytes indicate.
     *
     * @throws IdxFormatException if the file is not IDX, or is damaged; the message says where
     * @throws IOException if the file cannot be read
     */
    public static Idx read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /** Reads a stream, gzipped or not, to its end; {@code source} names it in messages. */
    public static Idx read(InputStream in, String source) throws IOException {
        try {
            return parse(new DataInputStream(unzipped(new BufferedInputStream(in, BUFFER))), source);
        } catch (EOFException e) {
            throw new IdxFormatException(source, "the file is truncated", "as many bytes as its header declares", e);
        } catch (ZipException e) {
            throw new IdxFormatException(source, "the gzip stream is damaged: " + e.getMessage(), "an intact file", e);
        }
    }

    private static InputStream unzipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static Idx parse(DataInputStream in, String source) throws IOException {
        int magic = in.readInt();
        int type = magic >> 8;
        int rank = magic & 0xff;
        if (type != UNSIGNED_BYTE || rank == 0) {
            throw new IdxFormatException(
                    source,
                    String.format(Locale.ROOT, "the magic number is 0x%08x", magic),
                    "0x000008nn: unsigned bytes in nn >= 1 dimensions");
        }
        Shape shape = readShape(in, rank, source);
        // readNBytes allocates as the bytes arrive, so that a header with a false length costs no memory
        byte[] bytes = in.readNBytes((int) shape.size());
        if (bytes.length < shape.size()) {
            throw new IdxFormatException(
                    source,
                    "the file ends after " + bytes.length + " elements",
                    shape.size() + " elements, as its header says " + shape);
        }
        if (in.read() >= 0) {
            throw new IdxFormatException(
                    source,
                    "there are bytes after the last element",
                    "the end of the file after " + shape.size() + " elements");
        }
        return new Idx(shape, bytes);
    }

    private static Shape readShape(DataInputStream in, int rank, String source) throws IOException {
        long[] dims = new long[rank];
        long size = 1;
        for (int i = 0; i < rank; i++) {
            dims[i] = in.readInt();
            if (dims[i] < 1) {
                throw new IdxFormatException(source, "dimension " + i + " is " + dims[i], "a length from 1 to 2^31-1");
            }
            // both the product so far and the next factor are below 2^31, so that their product fits in a long
            size *= dims[i];
            if (size > Integer.MAX_VALUE) {
                throw new IdxFormatException(
                        source,
                        "the dimensions overflow: " + Arrays.toString(Arrays.copyOf(dims, i + 1)),
                        "at most 2^31-1 elements");
            }
        }
        return Shape.of(dims);
    }

    /** Returns the elements times {@code scale} as a FLOAT array off the heap. */
    public INDArray toArray(float scale) {
        INDArray array = Memory.array(DataType.FLOAT, shape.dims());
        Scratch scratch = new Scratch();
        for (int at = 0; at < bytes.length; at += Scratch.TILE) {
            float[] tile = new float[Math.min(Scratch.TILE, bytes.length - at)];
            for (int i = 0; i < tile.length; i++) {
                tile[i] = Byte.toUnsignedInt(bytes[at + i]) * scale;
            }
            Vectors.set(scratch, array, at, tile);
        }
        return array;
    }
}
