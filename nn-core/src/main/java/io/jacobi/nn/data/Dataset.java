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

    /**
     * Returns some of the examples, in this order; an example may occur several times. Nothing is copied.
     *
     * @param rows the indices of the examples, from 0
     * @throws IllegalArgumentException if there is none, or an index is not one of an example
     */
    default Subset rows(int... rows) {
        return Subset.of(this, rows);
    }

    /** Returns all examples in an order that only the seed and the number of examples decide. Nothing is copied. */
    default Subset shuffled(long seed) {
        return Splitting.shuffled(this, seed);
    }

    /**
     * Returns the first examples and the others, in their order. Shuffle before, unless the order is random or is time:
     * {@code data.shuffled(7).split(0.8)}.
     *
     * @param share the share of the first part, between 0 and 1; the number of its examples is rounded
     * @throws IllegalArgumentException if the share is not between 0 and 1, or a part would be empty
     */
    default Split split(double share) {
        return Splitting.inOrder(this, share);
    }

    /**
     * Splits the examples of each class, so that both parts have the same classes in the same shares. Examples with
     * equal targets are a class: an index, a row with a 1 for the class, or a row of several labels. At least one
     * example of each class is in each part. Both parts keep the order of the data set.
     *
     * @param share the share of the first part in each class, between 0 and 1
     * @param seed decides which examples of a class are in which part
     * @throws IllegalArgumentException if the share is not between 0 and 1, or a class has one example
     */
    default Split stratifiedSplit(double share, long seed) {
        return Splitting.stratified(this, share, seed);
    }

    /**
     * Splits whole groups, such as all examples of one patient, so that no group is in both parts. The first part has
     * this share of the groups, not of the examples. Both parts keep the order of the data set.
     *
     * @param share the share of the first part, between 0 and 1
     * @param groups for each example the number of its group
     * @param seed decides which groups are in which part
     * @throws IllegalArgumentException if the share is not between 0 and 1, the number of groups differs from the number
     *     of examples, or there is one group
     */
    default Split groupSplit(double share, int[] groups, long seed) {
        return Splitting.byGroup(this, share, groups, seed);
    }
}
