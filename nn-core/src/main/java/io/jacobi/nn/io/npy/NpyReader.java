package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.files.npy.NpyHeader;
import io.jacobi.nn.files.npy.NpyType;
import io.jacobi.nn.math.LittleEndian;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the elements of a .npy file from a stream, whose header has been read and checked. */
final class NpyReader {

    private static final int PIECE = 1 << 16;

    /** Doubles represent all integers up to this one. */
    private static final long MAX_EXACT = 1L << 53;

    /** A way to read the elements, such as {@link #array}. */
    @FunctionalInterface
    interface Reading<T> {
        T from(NpyReader reader) throws IOException;
    }

    private final DataInputStream in;
    private final NpyHeader header;
    private final long most;

    private NpyReader(DataInputStream in, NpyHeader header, long most) {
        this.in = in;
        this.header = header;
        this.most = most;
    }

    /** Takes an element: its position in 'c' order, and its bits, which are the lowest bits of {@code bits}. */
    @FunctionalInterface
    private interface Sink {
        void accept(int position, long bits) throws IOException;
    }

    /**
     * Reads the header.
     *
     * @param bytes the length of the file; the header is compared with it before memory is allocated
     * @param most the most bytes of memory that the elements may take
     * @throws NpyFormatException if the file has another format, or if the header does not agree with the length
     */
    static NpyReader open(InputStream in, long bytes, long most) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            return new NpyReader(data, NpyHeader.read(data, bytes), most);
        } catch (EOFException e) {
            throw tooShort(e);
        }
    }

    private static NpyFormatException tooShort(EOFException e) {
        return new NpyFormatException("it ends too early", "a complete file", NpyFormatException.WRITE_AGAIN)
                .causedBy(e);
    }

    /** Returns all elements as a dense array in 'c' order, of a type that represents them exactly. */
    INDArray array() throws IOException {
        requireRoom(arrayType(header.type()).width());
        INDArray array = Memory.array(arrayType(header.type()), header.dims());
        try {
            if (header.type().isInteger() || header.fortranOrder()) {
                Span to = Span.of(array);
                forEach((position, bits) -> {
                    requireExact(position, bits);
                    to.set(position, header.type().toDouble(bits));
                });
            } else {
                LittleEndian.read(array, header.type() == NpyType.F8, new byte[PIECE], this::fillLittleEndian);
            }
            requireEnd();
            return array;
        } catch (IOException | RuntimeException e) {
            array.close();
            throw e;
        }
    }

    private void requireRoom(int width) throws NpyFormatException {
        long bytes = (long) header.elements() * width;
        if (bytes > most) {
            throw new NpyFormatException(
                    "it would take " + bytes + " bytes of memory, which is suspiciously more than the packed file",
                    "at most " + most + " bytes",
                    "if you trust the file and have the memory: Npz.open(path, " + bytes + ")");
        }
    }

    /** The type of an array that represents every such element exactly, except integers above 2^53. */
    private static DataType arrayType(NpyType type) {
        return switch (type) {
            case F4, U1 -> DataType.FLOAT;
            case F8, I4, I8 -> DataType.DOUBLE;
        };
    }

    private void requireExact(int position, long bits) throws NpyFormatException {
        if (header.type() == NpyType.I8 && (bits > MAX_EXACT || bits < -MAX_EXACT)) {
            throw new NpyFormatException(
                    "element " + position + " is " + bits,
                    "integers up to 2^53, which a double represents exactly",
                    "call array.astype('<f8'), which rounds them, before numpy.save");
        }
    }

    /** Returns all elements in 'c' order. They must be integers. */
    int[] ints() throws IOException {
        if (!header.type().isInteger()) {
            throw new NpyFormatException(
                    "its elements are " + header.type().code(),
                    "integers: i4, i8 or u1",
                    "call array.astype('<i4') before numpy.save, or read the file as an array");
        }
        requireRoom(Integer.BYTES);
        int[] values = new int[header.elements()];
        forEach((position, bits) -> {
            long value = header.type().toLong(bits);
            if (value != (int) value) {
                throw new NpyFormatException(
                        "element " + position + " is " + value,
                        "integers that fit an int",
                        "read the file as an array");
            }
            values[position] = (int) value;
        });
        requireEnd();
        return values;
    }

    private void forEach(Sink sink) throws IOException {
        int width = header.type().bytes();
        byte[] piece = new byte[(int) Math.min(PIECE, header.dataBytes())];
        Positions positions = Positions.of(header);
        for (long left = header.dataBytes(); left > 0; left -= piece.length) {
            int n = (int) Math.min(piece.length, left);
            fill(piece, n);
            for (int i = 0; i < n; i += width) {
                sink.accept(
                        positions.next(),
                        header.bigEndian() ? bigEndian(piece, i, width) : littleEndian(piece, i, width));
            }
        }
    }

    private void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw new NpyFormatException(
                    "it has bytes after its last element", "the end of the file", NpyFormatException.WRITE_AGAIN);
        }
    }

    private void fill(byte[] piece, int n) throws IOException {
        try {
            in.readFully(piece, 0, n);
        } catch (EOFException e) {
            throw tooShort(e);
        }
    }

    private void fillLittleEndian(byte[] piece, int n) throws IOException {
        fill(piece, n);
        if (header.bigEndian()) {
            int last = header.type().bytes() - 1;
            for (int start = 0; start < n; start += last + 1) {
                for (int i = 0; i <= last / 2; i++) {
                    byte swapped = piece[start + i];
                    piece[start + i] = piece[start + last - i];
                    piece[start + last - i] = swapped;
                }
            }
        }
    }

    private static long littleEndian(byte[] bytes, int at, int width) {
        long bits = 0;
        for (int i = width - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | Byte.toUnsignedLong(bytes[at + i]);
        }
        return bits;
    }

    private static long bigEndian(byte[] bytes, int at, int width) {
        long bits = 0;
        for (int i = 0; i < width; i++) {
            bits = bits << Byte.SIZE | Byte.toUnsignedLong(bytes[at + i]);
        }
        return bits;
    }
}
