package io.jacobi.nn.data;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of floats on the heap, copied into one native array. */
final class FloatRows {

    private FloatRows() {}

    /**
     * Returns {@code [rows, width]} of one row or more.
     *
     * @param name what the rows are in messages: features or targets
     */
    static INDArray of(String name, float[][] rows) {
        int width = rows[0].length;
        if (width == 0) {
            throw new IllegalArgumentException(
                    "The examples have no " + name + "\n  expected rows of at least one value");
        }
        INDArray array = Memory.array(DataType.FLOAT, rows.length, width);
        Scratch scratch = new Scratch();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                array.close();
                throw new ShapeException(
                        "row " + i + " of the " + name + " differs in length",
                        width + " values, as in row 0",
                        rows[i].length + " values",
                        "give every example the same number of " + name);
            }
            Vectors.set(scratch, array, i * width, rows[i]);
        }
        return array;
    }
}
