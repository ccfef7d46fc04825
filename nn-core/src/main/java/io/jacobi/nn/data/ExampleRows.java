package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of a data set, with a row for each example. The array may belong to the caller.
 *
 * @param name what an element is in messages: feature, target or weight
 * @param span the elements of the array
 * @param shape the shape of a row
 */
record ExampleRows(String name, Span span, Shape shape) {

    static ExampleRows of(String name, INDArray array) {
        return new ExampleRows(name, usable(array), Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank())));
    }

    private static Span usable(INDArray array) {
        if (Span.fits(array)) {
            return Span.of(array);
        }
        return switch (array.dataType()) {
            case DOUBLE -> Span.of(Memory.dense(DataType.DOUBLE, array));
            case INT, UINT32, LONG, UINT64 -> integers(array);
            default -> Span.of(Memory.dense(DataType.FLOAT, array));
        };
    }

    /** Copies integers to FLOAT if that keeps all their digits, otherwise to DOUBLE: no float is 2^24 + 1. */
    private static Span integers(INDArray array) {
        INDArray doubles = Memory.dense(DataType.DOUBLE, array);
        if (!areFloats(Span.of(doubles))) {
            return Span.of(doubles);
        }
        doubles.close();
        return Span.of(Memory.dense(DataType.FLOAT, array));
    }

    private static boolean areFloats(Span doubles) {
        Scratch scratch = new Scratch();
        for (int at = 0; at < doubles.length(); at += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, doubles.length() - at);
            double[] tile = scratch.load(0, doubles, at, n);
            for (int i = 0; i < n; i++) {
                if ((float) tile[i] != tile[i]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the same rows in another shape of the same size. */
    ExampleRows as(Shape other) {
        return new ExampleRows(name, span, other);
    }

    /**
     * Copies the rows {@code rows[from]} to {@code rows[from + count - 1]} into the first rows of an array.
     *
     * @throws IllegalStateException if the array has been closed
     */
    void read(int[] rows, int from, int count, INDArray into) {
        requireOpen();
        Span to = Span.of(into);
        int width = width();
        for (int i = 0; i < count; i++) {
            to.put(i * width, span, rows[from + i] * width, width);
        }
    }

    private int width() {
        return (int) shape.size();
    }

    /** A read of freed memory ends the process, or returns other data as examples. */
    private void requireOpen() {
        if (span.isClosed()) {
            throw new IllegalStateException(
                    "The " + name + " array of the data set is closed: its memory has been freed"
                            + "\n  expected an open array, because the data set reads the arrays that it was made of"
                            + "\n  fix: close the arrays after the last use of the data set, or give it copies:"
                            + " array.dup()");
        }
    }

    /**
     * Requires that all elements of a row are finite.
     *
     * @throws IllegalArgumentException if not; the message names row, element and value
     */
    void requireFinite(int row, Scratch scratch) {
        requireOpen();
        int bad = Vectors.firstNonFinite(scratch, span, row * width(), width());
        if (bad >= 0) {
            throw new IllegalArgumentException("In row " + row + " of the data set, "
                    + shape.elementName(name, bad - row * width()) + " is " + span.get(bad)
                    + "\n  expected a number that is neither NaN nor infinite"
                    + "\n  fix: correct the row, leave it out, or give it the weight 0");
        }
    }

    double get(int row) {
        return span.get(row);
    }
}
