package io.jacobi.nn.math;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array as a kernel sees it: an address for BLAS, a buffer for bulk copies, and a length. Making a Span costs about
 * a microsecond and some garbage, so hot code asks {@link Scratch#span} instead, which remembers the Span of each
 * array.
 *
 * <p>A Span has no position of its own, so many threads may read one.
 */
public final class Span {

    // The array must stay reachable as long as this object, because the buffer does not keep native memory alive.
    private final INDArray array;
    private final DataBuffer owner;
    private final Pointer pointer;
    private final @Nullable FloatBuffer floats;
    private final @Nullable DoubleBuffer doubles;
    private final int length;

    private Span(INDArray array) {
        requireDense(array);
        this.array = array;
        this.length = Math.toIntExact(array.length());
        // addressPointer() gives the same address, with 200 bytes of garbage; pointer() leaves out the offset of a view
        DataBuffer data = array.data();
        // a view asks the buffer that it is a part of, which takes longer
        this.owner = data.originalDataBuffer() == null ? data : data.originalDataBuffer();
        long address =
                data.pointer().address() + data.offset() * array.dataType().width();
        if (array.dataType() == DataType.FLOAT) {
            FloatPointer at = new FloatPointer(new Address(address)).limit(length);
            this.pointer = at;
            this.floats = at.asBuffer();
            this.doubles = null;
        } else {
            DoublePointer at = new DoublePointer(new Address(address)).limit(length);
            this.pointer = at;
            this.floats = null;
            this.doubles = at.asBuffer();
        }
    }

    /**
     * The memory of {@code array}, which must not be closed while the Span is in use. Code that keeps a Span of an
     * array that others may close asks {@link #isClosed} before each use.
     *
     * @throws IllegalArgumentException unless the array is FLOAT or DOUBLE, dense, in 'c' order, not empty, and shorter
     *     than 2^31
     * @throws IllegalStateException if the array is closed
     */
    public static Span of(INDArray array) {
        return new Span(array);
    }

    /** The number of elements. */
    public int length() {
        return length;
    }

    /** The array whose memory this is. */
    public INDArray array() {
        return array;
    }

    /**
     * Whether the array, or the array that it is a view of, has been closed. Its memory then holds anything, or is no
     * longer the process's own.
     */
    public boolean isClosed() {
        return owner.wasClosed();
    }

    /** Whether the elements are float; otherwise they are double. */
    public boolean isFloat() {
        return floats != null;
    }

    Pointer pointer() {
        return pointer;
    }

    FloatBuffer floats() {
        if (floats == null) {
            throw new IllegalStateException("The array holds doubles\n  expected floats");
        }
        return floats;
    }

    DoubleBuffer doubles() {
        if (doubles == null) {
            throw new IllegalStateException("The array holds floats\n  expected doubles");
        }
        return doubles;
    }

    /** Element {@code index} in 'c' order. For tests and checks, because reading one by one is slow. */
    public double get(int index) {
        return isFloat() ? floats().get(index) : doubles().get(index);
    }

    /** Sets element {@code index} in 'c' order, rounded if the elements are float. */
    public void set(int index, double value) {
        if (isFloat()) {
            floats().put(index, (float) value);
        } else {
            doubles().put(index, value);
        }
    }

    /**
     * Copies elements of another array: as one block if both hold the same type, otherwise one by one.
     *
     * @param at the index of the first element to write
     * @param source the array that is read
     * @param from the index of the first element to read
     * @param count the number of elements
     * @throws IllegalArgumentException if a finite double would be infinite as a float; nothing is written then
     */
    public void put(int at, Span source, int from, int count) {
        if (isFloat() && source.isFloat()) {
            floats().put(at, source.floats(), from, count);
        } else if (!isFloat() && !source.isFloat()) {
            doubles().put(at, source.doubles(), from, count);
        } else if (isFloat()) {
            for (int i = 0; i < count; i++) {
                requireFloat(source.doubles().get(from + i), from + i);
            }
            for (int i = 0; i < count; i++) {
                floats().put(at + i, (float) source.doubles().get(from + i));
            }
        } else {
            for (int i = 0; i < count; i++) {
                doubles().put(at + i, source.floats().get(from + i));
            }
        }
    }

    private static void requireFloat(double value, int index) {
        if (Double.isFinite(value) && Float.isInfinite((float) value)) {
            throw new IllegalArgumentException("Element " + index + " is " + value + ", which is infinite as a float"
                    + "\n  expected numbers below " + Float.MAX_VALUE
                    + "\n  fix: scale the numbers, or use DOUBLE for the array that they are copied to");
        }
    }

    /**
     * Whether {@link #of} accepts this array. If not, {@code array.castTo(DataType.FLOAT).dup('c')} is an array that it
     * accepts.
     *
     * @throws IllegalStateException if the array is closed, so that it cannot be copied either
     */
    public static boolean fits(INDArray array) {
        requireOpen(array);
        return fault(array) == null;
    }

    /**
     * Requires that an array may still be read.
     *
     * @throws IllegalStateException if the array is closed, or the array that it is a view of
     */
    public static void requireOpen(INDArray array) {
        // an empty array has no memory
        if (!array.isEmpty() && array.data().wasClosed()) {
            throw new IllegalStateException("An array of shape " + Arrays.toString(array.shape())
                    + " is closed: its memory has been freed, and may hold other data"
                    + "\n  expected an open array"
                    + "\n  fix: close an array only after its last use, and the last use of its views");
        }
    }

    private static @Nullable String fault(INDArray array) {
        DataType type = array.dataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            return "its type is " + type;
        } else if (array.isEmpty()) {
            return "it is empty";
        } else if (array.length() > Integer.MAX_VALUE) {
            return "it has " + array.length() + " elements";
        } else if (!isRowMajor(array)) {
            return "its strides are " + Arrays.toString(array.stride());
        }
        return null;
    }

    private static void requireDense(INDArray array) {
        requireOpen(array);
        String fault = fault(array);
        if (fault != null) {
            throw new IllegalArgumentException("An array of shape " + Arrays.toString(array.shape())
                    + " cannot be used by a kernel: " + fault
                    + "\n  expected FLOAT or DOUBLE, dense, row-major ('c'), 1 to 2^31-1 elements"
                    + "\n  fix: array.castTo(DataType.FLOAT).dup('c')");
        }
    }

    private static boolean isRowMajor(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            // the stride of a dimension of length 1 is never used, and ND4J sets it arbitrarily
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    /** A bare address, because JavaCPP has no public way to make a pointer from one. */
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
