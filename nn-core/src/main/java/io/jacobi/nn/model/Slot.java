package io.jacobi.nn.model;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The place of one array in the slab of a workspace. Its offset depends on the capacity, the number of examples that
 * the slab has room for.
 *
 * @param perExample the number of elements before it for each example of the capacity
 * @param whole the number of elements before it that do not depend on the capacity
 * @param shape the shape of one row, or of the whole array if it has no rows
 * @param eachExample whether it has a row for each example
 */
record Slot(long perExample, long whole, Shape shape, boolean eachExample) {

    /** Returns the array as a view of its first {@code rows} rows. */
    INDArray in(INDArray slab, int capacity, int rows) {
        long offset = perExample * capacity + whole;
        return Memory.view(slab, offset, eachExample ? shape.withBatch(rows) : shape.dims());
    }
}
