package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the columns of a table are and what is to be predicted. {@link #infer} finds a schema from the cells, and
 * {@link #with} overrides what it found:
 *
 * <pre>{@code
 * Schema schema = Schema.infer(CsvTable.of(path), "price").with(Column.ignored("listing"));
 * }</pre>
 *
 * @param columns every column but the target's, in the order of the table
 */
public record Schema(List<Column> columns, Target target) {

    public Schema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>(target.columns());
        if (names.size() < target.columns().size()) {
            throw new TableException("a target is named twice", "different columns", "name each once");
        }
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new TableException(
                        "the column " + TableException.quote(column.name()) + " is in the schema twice",
                        "each column once, and the target's not among the others",
                        "remove one");
            }
        }
    }

    /**
     * Reads the whole table once and returns what its columns seem to be. The target is a class if its cells are not
     * numbers, or few different whole numbers; else it is a number.
     *
     * @throws TableException if the table has no such column, or no rows, or if a target has one value only
     */
    public static Schema infer(Table table, String... targets) throws IOException {
        return TableProfile.read(table, List.of(targets), new ValidationSplit(0, 0))
                .schema();
    }

    /**
     * Returns a copy with another kind for a column.
     *
     * @throws TableException if the schema does not have this column
     */
    public Schema with(Column column) {
        List<Column> changed = new ArrayList<>();
        boolean found = false;
        for (Column old : columns) {
            boolean same = old.name().equals(column.name());
            found |= same;
            changed.add(same ? column : old);
        }
        if (!found) {
            throw new TableException(
                    "the schema has no column " + TableException.quote(column.name()),
                    "one of "
                            + TableException.list(
                                    columns.stream().map(Column::name).toList()),
                    target.columns().contains(column.name())
                            ? "it is the target: use withTarget"
                            : "names are compared exactly");
        }
        return new Schema(changed, target);
    }

    /** Returns a copy with another kind of target, of the same columns. */
    public Schema withTarget(Target other) {
        if (!Set.copyOf(other.columns()).equals(Set.copyOf(target.columns()))) {
            throw new TableException(
                    "the new target has the columns " + TableException.list(other.columns()),
                    "the columns " + TableException.list(target.columns()),
                    "infer the schema again, with the other target");
        }
        return new Schema(columns, other);
    }

    /** A line for each column. */
    @Override
    public String toString() {
        int width = columns.stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder("target  " + target.describe() + "\n");
        for (Column column : columns) {
            text.append(String.format(
                    Locale.ROOT, "%-" + Math.max(1, width) + "s  %s\n", column.name(), column.describe()));
        }
        return text.toString();
    }
}
