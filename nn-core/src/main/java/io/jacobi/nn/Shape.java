package io.jacobi.nn;

import java.util.Arrays;

/**
 * The shape of one example, or of one parameter: its dimensions, slowest first ('c' order). The batch dimension is
 * never part of a shape; {@link #withBatch} puts it in front.
 *
 * <p>{@code Shape.of()} is a scalar: rank 0, size 1. The rank is at most 31, because an array of ND4J has at most 32
 * dimensions, and the batch is one of them.
 */
public final class Shape {

    private static final int MAX_RANK = 31;

    private final long[] dims;
    private final long size;

    private Shape(long[] dims) {
        if (dims.length > MAX_RANK) {
            throw new ShapeException(
                    "a shape has too many dimensions",
                    "at most " + MAX_RANK,
                    Integer.toString(dims.length),
                    "combine dimensions that follow one another");
        }
        this.dims = dims;
        long product = 1;
        for (long dim : dims) {
            if (dim < 1) {
                throw new ShapeException(
                        "a shape has an impossible dimension",
                        "every dimension at least 1",
                        Arrays.toString(dims),
                        "give each dimension a positive length");
            }
            try {
                product = Math.multiplyExact(product, dim);
            } catch (ArithmeticException overflow) {
                throw new ShapeException(
                        "a shape has more elements than can be counted",
                        "fewer than 2^63 elements",
                        Arrays.toString(dims),
                        "check the dimensions for a wrong unit or a corrupt header");
            }
        }
        this.size = product;
    }

    /**
     * Returns the shape of these dimensions.
     *
     * @throws ShapeException if a dimension is below 1, there are more than 31, or the number of elements overflows
     */
    public static Shape of(long... dims) {
        return new Shape(dims.clone());
    }

    /** The number of dimensions. */
    public int rank() {
        return dims.length;
    }

    /** The length of dimension {@code axis}, counted from 0; a negative axis counts from the end. */
    public long dim(int axis) {
        return dims[axis < 0 ? dims.length + axis : axis];
    }

    /** The number of elements: the product of the dimensions. */
    public long size() {
        return size;
    }

    /** A copy of the dimensions. */
    public long[] dims() {
        return dims.clone();
    }

    /** Returns {@code [batch, dims...]}. */
    public long[] withBatch(long batch) {
        long[] all = new long[dims.length + 1];
        all[0] = batch;
        System.arraycopy(dims, 0, all, 1, dims.length);
        return all;
    }

    /**
     * Whether the rows of an array with these dimensions are examples of this shape: {@code [n, dims...]}, or
     * {@code [n, size]}.
     */
    public boolean isRowOf(long... array) {
        if (array.length == 0 || array[0] < 1) {
            return false;
        }
        boolean flat = array.length == 2 && array[1] == size;
        return flat || (array.length == dims.length + 1 && Arrays.equals(array, 1, array.length, dims, 0, dims.length));
    }

    /**
     * Returns the name of an element of an array of this shape, for messages: "feature[0, 12]" for the array "feature",
     * or its name alone if it is a single number.
     *
     * @param position the position of the element in 'c' order, from 0
     */
    public String elementName(String array, long position) {
        return dims.length == 0 ? array : array + Arrays.toString(indices(position));
    }

    /** The index along each dimension of the element at this position in 'c' order. */
    public long[] indices(long position) {
        long[] at = new long[dims.length];
        long rest = position;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            at[axis] = rest % dims[axis];
            rest /= dims[axis];
        }
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
