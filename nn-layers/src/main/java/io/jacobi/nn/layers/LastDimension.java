package io.jacobi.nn.layers;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes over the rows of an array along its last dimension. */
final class LastDimension {

    private LastDimension() {}

    /** Replaces a row, from {@code at} on, by a function of it. */
    @FunctionalInterface
    interface RowMap {
        void apply(double[] row, int at, int columns);
    }

    /** Replaces a row of {@code b} by a function of it and of the row of {@code a}, both from {@code at} on. */
    @FunctionalInterface
    interface RowsMap {
        void apply(double[] a, double[] b, int at, int columns);
    }

    /** Computes each row of y from the row of x, a tile of rows at a time. */
    static void map(Scratch s, INDArray x, INDArray y, RowMap f) {
        Span from = s.span(x);
        Span to = s.span(y);
        int columns = of(x);
        int step = rowsAtOnce(columns) * columns;
        for (int i = 0; i < to.length(); i += step) {
            int n = Math.min(step, to.length() - i);
            double[] rows = s.load(0, from, i, n);
            for (int at = 0; at < n; at += columns) {
                f.apply(rows, at, columns);
            }
            s.store(0, to, i, n);
        }
    }

    /** Computes each row of y from the rows of a and b. */
    static void map(Scratch s, INDArray a, INDArray b, INDArray y, RowsMap f) {
        Span first = s.span(a);
        Span second = s.span(b);
        Span to = s.span(y);
        int columns = of(a);
        int step = rowsAtOnce(columns) * columns;
        for (int i = 0; i < to.length(); i += step) {
            int n = Math.min(step, to.length() - i);
            double[] known = s.load(0, first, i, n);
            double[] rows = s.load(1, second, i, n);
            for (int at = 0; at < n; at += columns) {
                f.apply(known, rows, at, columns);
            }
            s.store(1, to, i, n);
        }
    }

    /** Returns the shape if it has a last dimension, and refuses it otherwise. */
    static Shape require(Shape input) {
        if (input.rank() == 0) {
            throw ShapeException.input(
                    "rank 1 per example or more, [..., classes]", input, "give each example a dimension of classes");
        }
        return input;
    }

    /** The length of the last dimension. */
    static int of(INDArray array) {
        return (int) array.size(array.rank() - 1);
    }

    /** The number of whole rows that fit a tile; 1 if a row is longer than a tile. */
    static int rowsAtOnce(int columns) {
        return Math.max(1, Scratch.TILE / columns);
    }

    /** The largest of {@code count} elements; NaN if one of them is. */
    static double max(double[] values, int at, int count) {
        double max = values[at];
        for (int i = at + 1; i < at + count; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }
}
