package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples of a data set in a given order, not yet copied: a trainer that splits a batch over threads lets each thread copy
 * its own part.
 *
 * @param rows which examples; {@code rows[from]} is the first
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is a window on an epoch's order, compared by nobody
public record Batch(Dataset data, int[] rows, int from, int size) {

    /** Arrays as one batch: {@code [n, features...]} and {@code [n, target...]}. */
    public static Batch of(INDArray features, INDArray targets) {
        ArrayDataset data = ArrayDataset.of(features, targets);
        return new Batch(data, Batches.ascending(data.size()), 0, data.size());
    }

    /** The same with a weight for each example. */
    public static Batch of(INDArray features, INDArray targets, float... weights) {
        ArrayDataset data = ArrayDataset.of(features, targets).withWeights(weights);
        return new Batch(data, Batches.ascending(data.size()), 0, data.size());
    }

    /** The shape of one example's features. */
    public Shape features() {
        return data.features();
    }

    /** Copies {@code count} examples, from the one at {@code first} of this batch, into the arrays. */
    public void read(int first, int count, INDArray features, INDArray targets) {
        data.read(rows, from + first, count, features, targets);
    }

    /** Copies the weights of the same examples, if the data set is {@link Dataset#weighted}. */
    public void readWeights(int first, int count, INDArray weights) {
        data.readWeights(rows, from + first, count, weights);
    }
}
