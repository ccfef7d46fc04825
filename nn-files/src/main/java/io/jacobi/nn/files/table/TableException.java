package io.jacobi.nn.files.table;

import io.jacobi.nn.files.FileText;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Thrown if a row does not fit the columns that a model was trained with. The message names the column, and says what
 * was expected and how to fix it.
 */
public final class TableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The longest cell that a message shows whole. */
    private static final int SHOWN = 60;

    /** The most names that a message lists. */
    private static final int LISTED = 10;

    private final String text;

    public TableException(String problem, String expected, String fix) {
        this(problem + "\n  expected " + expected + "\n  fix: " + fix);
    }

    private TableException(String text) {
        super(text);
        this.text = text;
    }

    /** Returns an exception whose message begins with the place of the row, such as {@code data.csv, line 7}. */
    public TableException in(String where) {
        TableException outer = new TableException(where + ": " + text);
        outer.initCause(this);
        return outer;
    }

    /** Returns an exception for a number that is finite, and infinite as a scaled float. */
    static TableException tooLarge(String column, Object cell) {
        return inColumn(
                column,
                quote(Cell.text(cell)) + " is too large: scaled like the others, it is infinite as a float",
                "a number of the size of those in the training rows",
                "correct the cell, or leave it empty if the value is unknown");
    }

    static TableException inColumn(String column, String problem, String expected, String fix) {
        return new TableException("column " + quote(column) + ": " + problem, expected, fix);
    }

    /** Returns the first names of a list in quotes for a message. */
    public static String list(Collection<String> names) {
        String first = names.stream().limit(LISTED).map(TableException::quote).collect(Collectors.joining(", "));
        return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
    }

    /** Returns the text in quotes for a message, on one line and cut if it is long. */
    public static String quote(String text) {
        return "\"" + FileText.show(text, SHOWN) + "\"";
    }
}
