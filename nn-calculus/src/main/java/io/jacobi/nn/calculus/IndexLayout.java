package io.jacobi.nn.calculus;

import io.jacobi.nn.math.PlacedMatMul.Place;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The memory layout of an array: the size and the stride of each index. Each index occurs once; on a diagonal the
 * stride of an index is the sum of the strides of both dimensions. An index that does not occur has the stride 0.
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

    /** A dense layout in which the last index varies fastest. */
    static IndexLayout rowMajor(String indices, ContractionSizes all) {
        return of(indices, all.shape(indices), indices);
    }

    /** The layout of a dense array, in which indices may occur twice; only the indices in {@code which} are kept. */
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

    /** The number of elements, which is the product of the sizes. */
    long length() {
        return length(indices);
    }

    /** The product of the sizes of some of the indices. */
    long length(String group) {
        return group.chars().mapToLong(c -> size((char) c)).reduce(1, Saturated::times);
    }

    /** The strides of these loops, as kernels take them. */
    int[] strides(String loops) {
        return loops.chars().map(c -> Saturated.toInt(stride((char) c))).toArray();
    }

    /** Some of the indices by descending stride, the only order in which they can form one dimension. */
    String slowestFirst(String group) {
        return Indices.join(group.chars()
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> stride((char) c.intValue()))
                        .reversed())
                .mapToInt(c -> c));
    }

    /**
     * The place of the matrix for each value of the other indices, or null if BLAS cannot read it as one: the rows must
     * form one dimension in this order, the columns another, and one of the two must have the stride 1.
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
        // a single row may have any distance to the next row, and a single column to the next column
        if ((right == 1 || right < 0) && (down < 0 || down >= width)) {
            return place(height, width, down < 0 ? width : down, false);
        }
        if ((down == 1 || down < 0) && (right < 0 || right >= height)) {
            return place(height, width, right < 0 ? height : right, true);
        }
        return null;
    }

    private static Place place(long rows, long columns, long leading, boolean transposed) {
        return new Place(Saturated.toInt(rows), Saturated.toInt(columns), Saturated.toInt(leading), transposed);
    }

    /** Whether indices in this order form one dimension. */
    private boolean isOne(String group) {
        for (int i = 1; i < group.length(); i++) {
            if (stride(group.charAt(i - 1)) != stride(group.charAt(i)) * size(group.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
