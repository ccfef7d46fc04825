package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.RegularFile;
import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.files.npy.NpyHeader;
import io.jacobi.nn.files.npy.NpyType;
import io.jacobi.nn.math.LittleEndian;
import io.jacobi.nn.math.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes one array as a .npy file, numpy's format. Reads versions 1.0, 2.0 and 3.0 with the types f4, f8, i4,
 * i8 and u1, in either byte order and in 'c' or 'f' order, with at least one element. Writes f4, f8 and i4,
 * little-endian, in 'c' order.
 *
 * <pre>{@code
 * INDArray x = Npy.read(Path.of("x.npy"));        // numpy.save("x.npy", x)
 * int[] labels = Npy.readInts(Path.of("y.npy"));
 * Npy.write(Path.of("scores.npy"), predictor.predict(x));
 * }</pre>
 *
 * <p>Files may be untrusted: the header is parsed and not evaluated, and no memory is allocated before the header
 * agrees with the length of the file; a u1 takes four bytes, and an i4 eight. {@link Npz} reads files with several
 * arrays.
 */
public final class Npy {

    private static final int PIECE = 1 << 16;

    private Npy() {}

    /**
     * Reads an array, which is dense and in 'c' order: f4 and u1 as FLOAT, f8, i4 and i8 as DOUBLE. All elements are
     * exact.
     *
     * @throws NpyFormatException if the file is damaged, has another type, or contains an integer above 2^53
     * @throws IOException if the file cannot be read
     */
    public static INDArray read(Path file) throws IOException {
        return read(file, NpyReader::array);
    }

    /**
     * Reads integers, such as class indices, in 'c' order.
     *
     * @throws NpyFormatException if the file is damaged, or if its elements are not integers or do not fit an int
     * @throws IOException if the file cannot be read
     */
    public static int[] readInts(Path file) throws IOException {
        return read(file, NpyReader::ints);
    }

    private static <T> T read(Path file, NpyReader.Reading<T> reading) throws IOException {
        try (InputStream in = RegularFile.open(file, "a .npy file")) {
            return reading.from(NpyReader.open(in, Files.size(file), Long.MAX_VALUE));
        } catch (NpyFormatException e) {
            throw e.in(file);
        }
    }

    /**
     * Writes an array of any order and strides in 'c' order. The file is written completely or not at all: see
     * {@link AtomicFile}.
     *
     * @throws IllegalArgumentException if the array is neither FLOAT nor DOUBLE, or if it is empty
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, INDArray array) throws IOException {
        requireWritable(array);
        AtomicFile.at(file).write(out -> write(out, array));
    }

    /**
     * Writes integers as a vector of i4.
     *
     * @throws IllegalArgumentException if there are no integers
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, int... values) throws IOException {
        requireWritable(values);
        AtomicFile.at(file).write(out -> write(out, values));
    }

    static void requireWritable(INDArray array) {
        DataType type = array.dataType();
        if (array.isEmpty() || (type != DataType.FLOAT && type != DataType.DOUBLE)) {
            throw new IllegalArgumentException("Cannot write an array of " + type + " and shape "
                    + Arrays.toString(array.shape())
                    + "\n  expected FLOAT or DOUBLE, at least one element\n  fix: array.castTo(DataType.FLOAT)");
        }
    }

    static void requireWritable(int... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There are no integers to write\n  expected at least one");
        }
    }

    static void write(OutputStream out, INDArray array) throws IOException {
        NpyType type = array.dataType() == DataType.FLOAT ? NpyType.F4 : NpyType.F8;
        List<Integer> shape =
                Arrays.stream(array.shape()).mapToObj(Math::toIntExact).toList();
        new NpyHeader(type, false, false, shape).write(out);
        // a view, or an array in 'f' order, is copied once
        INDArray dense = Span.fits(array) ? array : array.dup('c');
        try {
            LittleEndian.write(dense, new byte[PIECE], (bytes, n) -> out.write(bytes, 0, n));
        } finally {
            if (dense != array) {
                dense.close();
            }
        }
    }

    static void write(OutputStream out, int... values) throws IOException {
        new NpyHeader(NpyType.I4, false, false, List.of(values.length)).write(out);
        byte[] bytes = new byte[Integer.BYTES];
        for (int value : values) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (value >> (i * Byte.SIZE));
            }
            out.write(bytes);
        }
    }
}
