package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one pass over a table finds: enough to guess a schema, and to fit an encoding. */
final class TableProfile {

    /** The most different whole numbers that are taken for classes. */
    private static final int MAX_NUMBER_CLASSES = 20;

    private final Table table;
    private final List<String> targets;
    private final List<ColumnProfile> columns;
    private long rows;

    private TableProfile(Table table, List<String> targets, Map<String, Column> declared) {
        this.table = table;
        this.targets = List.copyOf(targets);
        this.columns = table.columns().stream()
                .map(name -> new ColumnProfile(name, Optional.ofNullable(declared.get(name))))
                .toList();
    }

    /**
     * Reads a table of which nothing but the targets is known.
     *
     * @throws TableException if it does not have the targets, or has no rows
     */
    static TableProfile read(Table table, List<String> targets, ValidationSplit split) throws IOException {
        requireTargets(table, targets);
        return new TableProfile(table, targets, Map.of()).readRows(split);
    }

    /**
     * Reads a table with this schema.
     *
     * @throws TableException if it does not have the targets, or has no rows
     */
    static TableProfile read(Table table, Schema schema, ValidationSplit split) throws IOException {
        requireTargets(table, schema.target().columns());
        Map<String, Column> declared = new HashMap<>();
        schema.columns().forEach(column -> declared.put(column.name(), column));
        schema.target().columns().forEach(name -> declared.put(name, Column.category(name)));
        if (schema.target() instanceof Target.Numbers numbers) {
            numbers.numbers().forEach(column -> declared.put(column.name(), column));
        }
        return new TableProfile(table, schema.target().columns(), declared).readRows(split);
    }

    private TableProfile readRows(ValidationSplit split) throws IOException {
        int stratum = stratum();
        ValidationSplit.Pass pass = split.pass();
        table.forEach((index, cells) -> {
            boolean training = !pass.isValidation(stratum(cells, stratum));
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(index, cells.get(i), training);
            }
            rows++;
        });
        if (rows == 0) {
            throw new TableException(
                    table.name() + " has a header and no rows", "at least one row", "check how the file was written");
        }
        requireDifferentTargets();
        return this;
    }

    /** The number of rows of the table. */
    long rows() {
        return rows;
    }

    private void requireDifferentTargets() {
        for (String target : targets) {
            ValueCounts values = column(target).values();
            if (values.size() < 2) {
                throw new TableException(
                        table.name() + ": the target " + TableException.quote(target) + " has "
                                + (values.size() == 0 ? "no value" : "one value only"),
                        "at least two different ones, or there is nothing to learn",
                        "choose another target");
            }
        }
    }

    private static void requireTargets(Table table, List<String> targets) {
        if (targets.isEmpty()) {
            throw new TableException(
                    "no target is named",
                    "the column to predict, one of " + TableException.list(table.columns()),
                    "name it");
        }
        for (String target : targets) {
            if (!table.columns().contains(target)) {
                throw new TableException(
                        table.name() + " has no column " + TableException.quote(target) + " to predict",
                        "one of " + TableException.list(table.columns()),
                        "names are compared exactly; the first line of a file must have them");
            }
        }
    }

    /** The position of the cell that rows are stratified by: the target, if there is one only. */
    int stratum() {
        return targets.size() == 1 ? table.columns().indexOf(targets.get(0)) : -1;
    }

    /** The stratum of a row: its class, or the same for all rows if the target is no word. */
    static Object stratum(List<? extends @Nullable Object> cells, int position) {
        Object cell = position < 0 ? null : cells.get(position);
        if (cell == null) {
            return "";
        }
        String text = Cell.text(cell);
        return text.length() > 3 && Cell.isNumber(text, true) ? "" : text;
    }

    Table table() {
        return table;
    }

    ColumnProfile column(String name) {
        return columns.get(table.columns().indexOf(name));
    }

    /** The schema that the columns seem to have. */
    Schema schema() {
        List<Column> kinds = new ArrayList<>();
        for (ColumnProfile column : columns) {
            if (!targets.contains(column.name())) {
                kinds.add(column.column());
            }
        }
        return new Schema(kinds, target());
    }

    private Target target() {
        List<ColumnProfile> answers = targets.stream().map(this::column).toList();
        if (answers.size() > 1) {
            return answers.stream().allMatch(answer -> answer.guess().isLabel())
                    ? new Target.Labels(targets)
                    : new Target.Numbers(answers.stream()
                            .map(answer -> answer.guess().number())
                            .toList());
        }
        ColumnProfile answer = answers.get(0);
        ColumnGuess guess = answer.guess();
        return guess.isNumeric() && !guess.isFewWhole(answer.values(), MAX_NUMBER_CLASSES)
                ? new Target.Numbers(List.of(guess.number()))
                : new Target.Classes(answer.name());
    }
}
