package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native arrays, each of one allocation, and views of them. */
public final class Memory {

    private Memory() {}

    /**
     * A zeroed vector off the heap.
     *
     * @throws IllegalArgumentException if it would have 2^31 elements or more
     */
    public static INDArray vector(DataType type, long length) {
        Blas.load();
        requireIndexable(length);
        return length == 0 ? Nd4j.empty(type) : Nd4j.create(type, length);
    }

    /**
     * A zeroed array off the heap, dense and in 'c' order. The caller may close it.
     *
     * @throws IllegalArgumentException if it would have 2^31 elements or more
     */
    public static INDArray array(DataType type, long... shape) {
        Blas.load();
        requireIndexable(size(shape));
        return Nd4j.create(type, shape);
    }

    private static void requireIndexable(long length) {
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("One array of " + length + " elements is too long"
                    + "\n  expected at most 2^31-1"
                    + "\n  fix: a smaller batch, or smaller layers");
        }
    }

    private static long size(long... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /**
     * The values of an array in the given type, dense and in 'c' order. Returns the array itself if it is like that
     * already, otherwise a new array, which the caller closes.
     *
     * @throws IllegalStateException if the array is closed
     */
    public static INDArray dense(DataType type, INDArray array) {
        Span.requireOpen(array);
        INDArray cast = array.dataType() == type ? array : array.castTo(type);
        if (Span.fits(cast)) {
            return cast;
        }
        INDArray dense = cast.dup('c');
        if (cast != array) {
            cast.close();
        }
        return dense;
    }

    /**
     * A view of the elements of {@code vector} from {@code offset} on, in the given shape; it shares the memory of the
     * vector.
     */
    public static INDArray view(INDArray vector, long offset, long... shape) {
        long size = size(shape);
        if (offset < 0 || size > vector.length() - offset) {
            throw new IndexOutOfBoundsException(
                    size + " elements from " + offset + " of a vector of " + vector.length());
        }
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        // an offset counts from the start of the memory, and the vector may itself be a view
        return Nd4j.create(vector.data(), shape, strides, vector.offset() + offset, 'c');
    }
}
