package io.jacobi.nn.model;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The place of one array in the slab of a workspace. It depends on the capacity of the workspace, the number of examples that there is
 * room for.
 *
 * @param perExample elements for each example before it
 * @param whole elements before it that do not depend on the capacity
 * @param shape of one example, or of all of it
 * @param eachExample whether it has a row for each example
 */
record Slot(long perExample, long whole, Shape shape, boolean eachExample) {

    /** The array, seen at the first {@code rows} examples. */
    INDArray in(INDArray slab, int capacity, int rows) {
        long offset = perExample * capacity + whole;
        return Memory.view(slab, offset, eachExample ? shape.withBatch(rows) : shape.dims());
    }
}
