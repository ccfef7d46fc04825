package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples with targets, which are read by their indices. Several threads may read one data set at a time. */
public interface Dataset {

    /** The number of examples. */
    int size();

    /** The shape of one example's features. */
    Shape features();

    /** The shape of one example's target; rank 0 for a class index or a single number. */
    Shape target();

    /**
     * Copies the examples with the indices {@code rows[from]} to {@code rows[from + count - 1]} into the first
     * {@code count} rows of the arrays.
     *
     * @param features {@code [count, features...]}, FLOAT or DOUBLE, dense, 'c' order
     * @param targets {@code [count, target...]}, of the same data type
     */
    void read(int[] rows, int from, int count, INDArray features, INDArray targets);

    /**
     * Copies the targets alone. Only losses that ignore examples by their target need it, before the examples
     * themselves are read. This default reads the features as well, into memory that it frees; override it if that
     * costs much.
     *
     * @param targets {@code [count, target...]}, FLOAT or DOUBLE
     */
    default void readTargets(int[] rows, int from, int count, INDArray targets) {
        try (INDArray unused = Memory.array(targets.dataType(), features().withBatch(count))) {
            read(rows, from, count, unused, targets);
        }
    }

    /**
     * Whether the examples have weights in the loss. An example of weight 0 is left out of training and evaluation
     * altogether; {@code fit} reads the weights once, when it starts, to find these examples.
     */
    default boolean weighted() {
        return false;
    }

    /**
     * Copies the weights of the examples with the indices {@code rows[from]} to {@code rows[from + count - 1]} into the
     * first {@code count} elements of the vector.
     *
     * @param weights {@code [count]}, FLOAT or DOUBLE
     * @throws UnsupportedOperationException unless {@link #weighted()}
     */
    default void readWeights(int[] rows, int from, int count, INDArray weights) {
        throw new UnsupportedOperationException("the examples of this data set have no weights");
    }
}
