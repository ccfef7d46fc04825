package io.jacobi.nn.layers;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What layers share that work along the last dimension: any array is rows of it. */
final class LastDimension {

    private LastDimension() {}

    /** The same shape, if it has a last dimension. */
    static Shape require(Shape input) {
        if (input.rank() == 0) {
            throw ShapeException.input(
                    "rank 1 per example or more, [..., classes]", input, "give each example a dimension of classes");
        }
        return input;
    }

    /** Its length. */
    static int of(INDArray array) {
        return (int) array.size(array.rank() - 1);
    }

    /** How many whole rows fit a tile; one, if it is longer than a tile. */
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
