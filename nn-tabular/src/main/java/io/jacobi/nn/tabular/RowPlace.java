package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import java.io.IOException;

/** Finds the place of a row that has been read before, by reading the table once more. */
final class RowPlace {

    private RowPlace() {}

    /** Returns the problem of a row, with what the table puts before it, such as the row's line in a file. */
    static TableException in(Table table, long row, TableException problem) {
        try {
            table.forEach((index, cells) -> {
                if (index == row) {
                    throw problem;
                }
            });
        } catch (TableException placed) {
            return placed;
        } catch (IOException unreadable) {
            // the problem is the news, with its place or without
            problem.addSuppressed(unreadable);
        }
        return problem;
    }
}
