package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.TableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of a table's columns. */
final class Headers {

    private Headers() {}

    /**
     * Checks that every column has a name of its own.
     *
     * @throws TableException if not
     */
    static void requireNames(String table, List<String> columns) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (name.indexOf(0) >= 0) {
                throw new TableException(
                        table + ": the name of column " + (i + 1) + " has null characters",
                        "text",
                        "save the file as UTF-8; if it is UTF-16 without a byte order mark, give this encoding");
            } else if (name.isBlank()) {
                throw new TableException(
                        table + ": column " + (i + 1) + " of " + columns.size() + " has no name",
                        "a name for each column",
                        "name it in the header; a separator at the end of the line begins a column too");
            } else if (!names.add(name)) {
                throw new TableException(
                        table + ": the column " + TableException.quote(name) + " is there twice",
                        "different names",
                        "rename one of them");
            }
        }
    }

    /**
     * Checks that a first line is a header and not a row.
     *
     * @throws TableException if all names are numbers
     */
    static void requireHeader(String table, List<String> columns) {
        if (columns.stream().allMatch(name -> Cell.isNumber(name, false))) {
            throw new TableException(
                    table + " has no header: its first line is numbers, " + TableException.list(columns),
                    "the names of the columns in the first line",
                    "add a header, or say that there is none; the columns are then called c1, c2, ...");
        }
    }
}
