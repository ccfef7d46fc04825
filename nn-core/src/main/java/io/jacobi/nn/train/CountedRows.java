package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Leaves out the examples that do not count, because their weight is 0 or the loss ignores their target, before
 * anything is computed. A weight of 0 in the loss alone would not do: dW = dYᵀ X is NaN where a feature is NaN, also
 * for a row of dY that is 0, and batch normalization and metrics would count the example. Trainers and evaluators call
 * this class themselves.
 */
public final class CountedRows implements AutoCloseable {

    private static final int CHUNK = 256;

    private final OptionalInt ignored;
    private final RowBuffer values;
    private final Scratch scratch = new Scratch();

    CountedRows(Loss loss, DataType type) {
        this.ignored = loss.ignoredIndex();
        this.values = new RowBuffer(type, Shape.of(), CHUNK);
    }

    /** Returns the indices of the examples of a data set that count with this loss, in ascending order. */
    public static int[] of(Dataset data, Loss loss) {
        try (CountedRows counted = new CountedRows(loss, DataType.DOUBLE)) {
            return counted.of(data);
        }
    }

    /** Returns a batch without the examples that do not count with this loss, in the same order. */
    public static Batch of(Batch batch, Loss loss) {
        try (CountedRows counted = new CountedRows(loss, DataType.DOUBLE)) {
            return counted.of(batch);
        }
    }

    /** Returns the indices of the examples that count, in ascending order. */
    int[] of(Dataset data) {
        return of(data, IntStream.range(0, data.size()).toArray());
    }

    /** Returns the batch without the examples that do not count, in the same order. */
    Batch of(Batch batch) {
        if (!leavesOut(batch.data())) {
            return batch;
        }
        int[] rows = Arrays.copyOfRange(batch.rows(), batch.from(), batch.from() + batch.size());
        int[] counted = of(batch.data(), rows);
        return counted.length == rows.length ? batch : new Batch(batch.data(), counted, 0, counted.length);
    }

    private int[] of(Dataset data, int[] rows) {
        int[] left = rows;
        if (data.weighted()) {
            left = without(0, left, data::readWeights);
        }
        if (ignores(data)) {
            left = without(ignored.getAsInt(), left, data::readTargets);
        }
        return left;
    }

    /** Whether examples of this data set can be left out at all; a step of one without them costs nothing here. */
    private boolean leavesOut(Dataset data) {
        return data.weighted() || ignores(data);
    }

    private boolean ignores(Dataset data) {
        return ignored.isPresent() && data.target().rank() == 0;
    }

    /** Reads one number for each of these rows of a data set. */
    @FunctionalInterface
    private interface Reading {
        void into(int[] rows, int from, int count, INDArray numbers);
    }

    private int[] without(double value, int[] rows, Reading reading) {
        int[] kept = new int[rows.length];
        int size = 0;
        for (int from = 0; from < rows.length; from += CHUNK) {
            int n = Math.min(CHUNK, rows.length - from);
            INDArray numbers = values.rows(n);
            reading.into(rows, from, n, numbers);
            double[] tile = scratch.load(0, scratch.span(numbers), 0, n);
            for (int i = 0; i < n; i++) {
                if (tile[i] != value) {
                    kept[size++] = rows[from + i];
                }
            }
        }
        return size == rows.length ? rows : Arrays.copyOf(kept, size);
    }

    @Override
    public void close() {
        values.close();
    }
}
