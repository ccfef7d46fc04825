package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A native array for up to {@code capacity} examples, with a view for each smaller number of examples. */
final class RowBuffer implements AutoCloseable {

    private final Shape perExample;
    private final INDArray vector;
    private final Map<Integer, INDArray> views = new HashMap<>();

    RowBuffer(DataType type, Shape perExample, int capacity) {
        this.perExample = perExample;
        this.vector = Memory.vector(type, Math.multiplyExact(perExample.size(), (long) capacity));
    }

    /** The shape of one row. */
    Shape perExample() {
        return perExample;
    }

    /** The view of the first rows, {@code [rows, perExample...]}; the same object for the same number. */
    INDArray rows(int rows) {
        return views.computeIfAbsent(rows, n -> Memory.view(vector, 0, perExample.withBatch(n)));
    }

    @Override
    public void close() {
        vector.close();
    }
}
