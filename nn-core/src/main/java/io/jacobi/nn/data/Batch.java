package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples of a data set in a given order, not yet copied: if a trainer splits a batch over threads, each thread copies
 * its own part.
 *
 * @param rows the indices of the examples; {@code rows[from]} is the first
 * @param from the position of the first index in {@code rows}
 * @param size the number of examples
 */
@SuppressWarnings("ArrayRecordComponent") // a window on an epoch's order; batches are never compared
public record Batch(Dataset data, int[] rows, int from, int size) {

    /** Returns arrays as one batch: {@code [n, features...]} and {@code [n, target...]}. */
    public static Batch of(INDArray features, INDArray targets) {
        ArrayDataset data = ArrayDataset.of(features, targets);
        return new Batch(data, Batches.ascending(data.size()), 0, data.size());
    }

    /** Returns arrays as one batch, with a weight for each example. */
    public static Batch of(INDArray features, INDArray targets, float... weights) {
        ArrayDataset data = ArrayDataset.of(features, targets).withWeights(weights);
        return new Batch(data, Batches.ascending(data.size()), 0, data.size());
    }

    /** The index in the data set of example {@code i} of this batch, from 0. */
    public int row(int i) {
        return rows[from + i];
    }

    /** The shape of one example's features. */
    public Shape features() {
        return data.features();
    }

    /** Copies {@code count} examples, starting with example {@code first} of this batch, into the arrays. */
    public void read(int first, int count, INDArray features, INDArray targets) {
        data.read(rows, from + first, count, features, targets);
    }

    /**
     * Copies the weights of {@code count} examples, starting with example {@code first}, if the data set is
     * {@link Dataset#weighted}.
     */
    public void readWeights(int first, int count, INDArray weights) {
        data.readWeights(rows, from + first, count, weights);
    }
}
