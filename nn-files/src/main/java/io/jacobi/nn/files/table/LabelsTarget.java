package io.jacobi.nn.files.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several labels, each of which a row has or has not: one column for each, with yes or no in one of the usual spellings.
 * The model has a logit for each label.
 *
 * @param columns the labels, which are the names of their columns
 */
public record LabelsTarget(List<String> columns) implements TargetEncoding {

    private static final Set<String> YES = Set.of("1", "1.0", "true", "t", "yes", "y");
    private static final Set<String> NO = Set.of("0", "0.0", "false", "f", "no", "n");

    public LabelsTarget {
        columns = List.copyOf(columns);
    }

    @Override
    public int outputs() {
        return columns.size();
    }

    @Override
    public int width() {
        return columns.size();
    }

    /** Whether a cell is yes or no. */
    public static boolean isLabel(Object cell) {
        String text = Cell.text(cell).toLowerCase(Locale.ROOT);
        return YES.contains(text) || NO.contains(text);
    }

    @Override
    public void encode(List<? extends @Nullable Object> cells, float[] targets, int at) {
        for (int i = 0; i < columns.size(); i++) {
            Object cell = cells.get(i);
            if (cell == null || Cell.isMissing(cell)) {
                throw TargetEncoding.missing(columns.get(i));
            } else if (!isLabel(cell)) {
                throw TableException.inColumn(
                        columns.get(i),
                        TableException.quote(Cell.text(cell)) + " is neither yes nor no",
                        "1 or 0, true or false, yes or no",
                        "correct the cell");
            }
            targets[at + i] = YES.contains(Cell.text(cell).toLowerCase(Locale.ROOT)) ? 1 : 0;
        }
    }

    @Override
    public Answer answer(float[] outputs) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            named.put(columns.get(i), Logits.sigmoid(outputs[i]));
        }
        return new Answer.OfLabels(named);
    }
}
