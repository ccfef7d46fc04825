package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples of another data set, which must stay readable. Immutable; the examples are not copied. Messages name an
 * example by its row in the subset, and {@link #sourceRow} gives its row in the data set.
 */
public final class Subset implements Dataset {

    private final Dataset source;
    private final int[] rows;

    private Subset(Dataset source, int[] rows) {
        this.source = source;
        this.rows = rows;
    }

    static Subset of(Dataset source, int[] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("The subset is empty\n  expected at least one example");
        }
        for (int row : rows) {
            if (row < 0 || row >= source.size()) {
                throw new IllegalArgumentException("There is no example " + row + "\n  expected indices from 0 to "
                        + (source.size() - 1) + ", because the data set has " + source.size() + " examples");
            }
        }
        return new Subset(source, rows.clone());
    }

    /** The index of example {@code i} in the data set that this is a part of, and which is no subset itself. */
    public int sourceRow(int i) {
        return rows[i];
    }

    /** Returns some of these examples; a subset of a subset reads the data set at once. */
    @Override
    public Subset rows(int... some) {
        Subset checked = of(this, some);
        return new Subset(source, sourceRows(checked.rows, 0, some.length));
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public Shape features() {
        return source.features();
    }

    @Override
    public Shape target() {
        return source.target();
    }

    @Override
    public void read(int[] some, int from, int count, INDArray features, INDArray targets) {
        source.read(sourceRows(some, from, count), 0, count, features, targets);
    }

    @Override
    public void readTargets(int[] some, int from, int count, INDArray targets) {
        source.readTargets(sourceRows(some, from, count), 0, count, targets);
    }

    @Override
    public boolean weighted() {
        return source.weighted();
    }

    @Override
    public void readWeights(int[] some, int from, int count, INDArray weights) {
        source.readWeights(sourceRows(some, from, count), 0, count, weights);
    }

    private int[] sourceRows(int[] some, int from, int count) {
        int[] mapped = new int[count];
        for (int i = 0; i < count; i++) {
            mapped[i] = rows[some[from + i]];
        }
        return mapped;
    }
}
