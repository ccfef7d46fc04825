package io.jacobi.nn.files.table;

import org.jspecify.annotations.Nullable;

/**
 * Turns the cells of one column into features, in two steps, so that a table in memory need not hold the long rows that
 * a model reads: a cell is encoded as a few numbers, its codes, mostly one; codes are expanded into features for each
 * batch. Any number of threads may use one encoder.
 */
public interface CellEncoder {

    /**
     * Writes the codes of a cell.
     *
     * @param cell as {@link Cell} reads it; null if missing
     * @param codes receives as many numbers as {@link ColumnEncoding#codes}, from position {@code at}
     * @throws TableException if the cell is not of this column's kind
     */
    void encode(@Nullable Object cell, float[] codes, int at);

    /** Writes the features for the codes of a cell, from position {@code to}. */
    void expand(float[] codes, int from, float[] features, int to);
}
