package io.jacobi.nn.files.table;

import io.jacobi.nn.files.JsonValue;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the rows of a table become the examples of a model, and its outputs an answer: everything that was fitted to the
 * training rows besides the weights. A model's file holds it, so that training and serving cannot differ.
 *
 * @param columns the columns that the model reads, in the order of its features
 * @param target what it predicts
 * @param ignored columns that a row may have and the model does not read
 */
public record TableEncoding(List<ColumnEncoding> columns, TargetEncoding target, List<String> ignored) {

    public TableEncoding {
        columns = List.copyOf(columns);
        ignored = List.copyOf(ignored);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The table has no column to predict from\n  expected at least one");
        }
        Set<String> names = new HashSet<>();
        List<String> all = new ArrayList<>(target.columns());
        columns.forEach(column -> all.add(column.column()));
        all.addAll(ignored);
        for (String name : all) {
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "The column " + TableException.quote(name) + " is there twice\n  expected different names");
            }
        }
        long width = columns.stream().mapToLong(ColumnEncoding::width).sum();
        if (width < 1 || width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The columns have " + width + " features\n  expected at least 1 and at most " + Integer.MAX_VALUE);
        }
    }

    /** The number of the model's features. */
    public int width() {
        return columns.stream().mapToInt(ColumnEncoding::width).sum();
    }

    /** The names of the model's features, in order. */
    public List<String> features() {
        return columns.stream().flatMap(column -> column.features().stream()).toList();
    }

    /** The encoding as JSON for a model's file. */
    public JsonValue toJson() throws ModelFormatException {
        return new RecordJson(TableTypes.INSTANCE).toJson(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ModelFormatException if it is something else
     */
    public static TableEncoding fromJson(JsonValue json) throws ModelFormatException {
        return new RecordJson(TableTypes.INSTANCE).fromJson(json, TableEncoding.class);
    }
}
