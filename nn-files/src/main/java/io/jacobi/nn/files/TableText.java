package io.jacobi.nn.files;

import java.util.ArrayList;
import java.util.List;

/**
 * The stored encoding of a table as people read it: a line for each column, one for the target, and one for the ignored
 * columns. Encodings may be unknown, and a value of another form is shown as it is.
 */
final class TableText {

    /** The longest line; what follows are categories or words. */
    private static final int LONGEST = 200;

    private TableText() {}

    /** Returns lines that each end with a line feed. */
    static String of(JsonValue table) {
        try {
            List<JsonValue> columns = table.argument("columns").elements();
            List<String> lines = new ArrayList<>();
            lines.add("table of " + columns.size() + (columns.size() == 1 ? " column" : " columns"));
            columns.forEach(column -> lines.add("  " + column.toString(LONGEST)));
            lines.add("  target " + table.argument("target").toString(LONGEST));
            JsonValue ignored = table.argument("ignored");
            if (!ignored.elements().isEmpty()) {
                lines.add("  ignored " + ignored.toString(LONGEST));
            }
            return String.join("\n", lines) + "\n";
        } catch (ModelFormatException unknown) {
            return "table " + table.toString(LONGEST) + "\n";
        }
    }
}
