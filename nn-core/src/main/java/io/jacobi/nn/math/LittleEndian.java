package io.jacobi.nn.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts the elements of arrays to the bytes of files and back: IEEE 754, little-endian, in 'c' order. */
public final class LittleEndian {

    private LittleEndian() {}

    /** Takes the bytes of one piece of an array; the next piece overwrites them. */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        void accept(byte[] bytes, int length) throws E;
    }

    /** Fills the first {@code length} of {@code bytes} with the next bytes of a file. */
    @FunctionalInterface
    public interface Source<E extends Exception> {
        void fill(byte[] bytes, int length) throws E;
    }

    /**
     * Writes all elements of {@code a} to {@code sink}, in the type of the array.
     *
     * @param piece working memory, at least 8 bytes
     */
    public static <E extends Exception> void write(INDArray a, byte[] piece, Sink<E> sink) throws E {
        Span from = Span.of(a);
        int width = from.isFloat() ? Float.BYTES : Double.BYTES;
        ByteBuffer buffer = littleEndian(piece);
        for (int at = 0; at < from.length(); ) {
            int n = Math.min(piece.length / width, from.length() - at);
            if (from.isFloat()) {
                buffer.asFloatBuffer().put(0, from.floats(), at, n);
            } else {
                buffer.asDoubleBuffer().put(0, from.doubles(), at, n);
            }
            sink.accept(piece, n * width);
            at += n;
        }
    }

    /**
     * Reads all elements of {@code a} from {@code source}. Doubles are rounded if {@code a} holds floats.
     *
     * @param doubles whether the source holds doubles; otherwise it holds floats
     * @param piece working memory, at least 8 bytes
     */
    public static <E extends Exception> void read(INDArray a, boolean doubles, byte[] piece, Source<E> source)
            throws E {
        Span to = Span.of(a);
        int width = doubles ? Double.BYTES : Float.BYTES;
        ByteBuffer buffer = littleEndian(piece);
        for (int at = 0; at < to.length(); ) {
            int n = Math.min(piece.length / width, to.length() - at);
            source.fill(piece, n * width);
            if (doubles) {
                put(buffer.asDoubleBuffer(), to, at, n);
            } else {
                put(buffer.asFloatBuffer(), to, at, n);
            }
            at += n;
        }
    }

    private static void put(FloatBuffer values, Span to, int at, int n) {
        if (to.isFloat()) {
            to.floats().put(at, values, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                to.doubles().put(at + i, values.get(i));
            }
        }
    }

    private static void put(DoubleBuffer values, Span to, int at, int n) {
        if (to.isFloat()) {
            for (int i = 0; i < n; i++) {
                to.floats().put(at + i, (float) values.get(i));
            }
        } else {
            to.doubles().put(at, values, 0, n);
        }
    }

    private static ByteBuffer littleEndian(byte[] piece) {
        return ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
    }
}
