package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table in memory. */
public final class RowTable implements Table {

    private final String name;
    private final List<String> columns;
    private final List<List<@Nullable Object>> rows;

    private RowTable(String name, List<String> columns, List<List<@Nullable Object>> rows) {
        this.name = name;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Returns a table of rows by the names of their columns. A row that lacks a column has a missing value there.
     *
     * @throws TableException if there is no row
     */
    public static RowTable of(String name, List<? extends Map<String, ? extends @Nullable Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            List<@Nullable Object> list = new ArrayList<>();
            columns.forEach(column -> list.add(row.get(column)));
            cells.add(list);
        }
        return of(name, List.copyOf(columns), cells);
    }

    /**
     * Returns a table of rows in the order of the columns.
     *
     * @throws TableException if there is no row, a column is there twice, or a row has another number of cells
     */
    public static RowTable of(
            String name, List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            throw new TableException(name + " has no rows", "at least one row", "check where the rows come from");
        }
        Headers.requireNames(name, columns);
        List<List<@Nullable Object>> copies = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new TableException(
                        name + ", row " + copies.size() + " has " + row.size() + " cells",
                        columns.size() + ", one for each column",
                        "add or remove cells; null is a missing value");
            }
            copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        return new RowTable(name, List.copyOf(columns), copies);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void forEach(RowConsumer consumer) throws IOException {
        for (int i = 0; i < rows.size(); i++) {
            try {
                consumer.accept(i, rows.get(i));
            } catch (TableException e) {
                throw e.in(name + ", row " + i);
            }
        }
    }

    @Override
    public String toString() {
        return name + ", " + rows.size() + " rows of " + columns.size() + " columns";
    }
}
