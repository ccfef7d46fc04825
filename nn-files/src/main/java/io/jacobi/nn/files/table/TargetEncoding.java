package io.jacobi.nn.files.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model of a table predicts: how the target's cells become the numbers that the loss compares, and how outputs
 * become an answer in the target's own terms. Implementations are immutable records, which a model's file can hold.
 */
public sealed interface TargetEncoding permits ClassTarget, LabelsTarget, NumbersTarget {

    /** The names of the target's columns. */
    List<String> columns();

    /** The number of the model's outputs. */
    int outputs();

    /** The number of targets of a row: 1 for a class, else one for each output. */
    int width();

    /**
     * Writes the targets of a row.
     *
     * @param cells one for each of {@link #columns}; null if missing
     * @param targets receives {@link #width} numbers, from position {@code at}
     * @throws TableException if a cell is missing or is not of the target's kind
     */
    void encode(List<? extends @Nullable Object> cells, float[] targets, int at);

    /**
     * Returns the answer for the outputs of one row.
     *
     * @param outputs {@link #outputs} numbers: logits of classes or labels, or scaled numbers
     */
    Answer answer(float[] outputs);

    /** Returns an exception for a cell of a target that is missing. */
    static TableException missing(String column) {
        return TableException.inColumn(
                column, "the target is missing", "a value to learn from", "leave the row out, or fill the value in");
    }
}
