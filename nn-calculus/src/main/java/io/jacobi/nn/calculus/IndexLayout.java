package io.jacobi.nn.calculus;

import io.jacobi.nn.math.PlacedMatMul.Place;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How an array lies in memory, index by index: the size of each and how many elements one step of it is. Each index comes once; a
 * diagonal is one index whose steps are those of both dimensions. An index that is not here has the stride 0.
 */
final class IndexLayout {

    private final String indices;
    private final long[] sizes;
    private final long[] strides;

    IndexLayout(String indices, long[] sizes, long[] strides) {
        this.indices = indices;
        this.sizes = sizes;
        this.strides = strides;
    }

    /** Dense, the last index fastest. */
    static IndexLayout rowMajor(String indices, ContractionSizes all) {
        return of(indices, all.shape(indices), indices);
    }

    /** Of a dense array with these indices, some of which may come twice; only those in {@code which} are kept. */
    static IndexLayout of(String indices, long[] shape, String which) {
        String kept = Indices.common(Indices.distinct(indices), which);
        long[] sizes = new long[kept.length()];
        long[] strides = new long[kept.length()];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int at = kept.indexOf(indices.charAt(axis));
            if (at >= 0) {
                sizes[at] = shape[axis];
                strides[at] += stride;
            }
            stride = Saturated.times(stride, shape[axis]);
        }
        return new IndexLayout(kept, sizes, strides);
    }

    String indices() {
        return indices;
    }

    long stride(char index) {
        int at = indices.indexOf(index);
        return at < 0 ? 0 : strides[at];
    }

    private long size(char index) {
        return sizes[indices.indexOf(index)];
    }

    /** How many elements: the product of the sizes. */
    long length() {
        return length(indices);
    }

    /** The product of the sizes of a group of its indices. */
    long length(String group) {
        return group.chars().mapToLong(c -> size((char) c)).reduce(1, Saturated::times);
    }

    /** The strides for these loops, as kernels take them. */
    int[] strides(String loops) {
        return loops.chars().map(c -> Saturated.toInt(stride((char) c))).toArray();
    }

    /** A group of its indices, the slowest first: the order in which they may make one dimension. */
    String slowestFirst(String group) {
        return Indices.join(group.chars()
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> stride((char) c.intValue()))
                        .reversed())
                .mapToInt(c -> c));
    }

    /**
     * How it is a matrix, for each value of its other indices, if BLAS can read it as one: the rows make one dimension, in this order,
     * and the columns another, and one of both has the stride 1.
     */
    @Nullable
    Place place(String rows, String columns) {
        if (!isOne(rows) || !isOne(columns)) {
            return null;
        }
        long down = rows.isEmpty() ? -1 : stride(rows.charAt(rows.length() - 1));
        long right = columns.isEmpty() ? -1 : stride(columns.charAt(columns.length() - 1));
        long height = length(rows);
        long width = length(columns);
        // a single row may be as far from the next as it likes, and so may a single column
        if ((right == 1 || right < 0) && (down < 0 || down >= width)) {
            return new Place(Saturated.toInt(down < 0 ? width : down), false);
        }
        if ((down == 1 || down < 0) && (right < 0 || right >= height)) {
            return new Place(Saturated.toInt(right < 0 ? height : right), true);
        }
        return null;
    }

    /** Whether a group of indices, in this order, is one dimension. */
    private boolean isOne(String group) {
        for (int i = 1; i < group.length(); i++) {
            if (stride(group.charAt(i - 1)) != stride(group.charAt(i)) * size(group.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
