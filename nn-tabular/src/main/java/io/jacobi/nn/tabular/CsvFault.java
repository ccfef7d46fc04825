package io.jacobi.nn.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** Finds the line and the column of a quote that makes a file unreadable as CSV, by reading the file once more. */
final class CsvFault {

    private static final int MAX_MESSAGE = 300;
    private static final String EXPECTED =
            "CSV as in RFC 4180: a cell with quotes inside is quoted, and its quotes are doubled";

    private final Reader text;
    private final char separator;
    private long line = 1;
    private int column;
    private int next;

    private CsvFault(Reader text, char separator) throws IOException {
        this.text = text;
        this.separator = separator;
        this.next = text.read();
    }

    /**
     * Returns an exception with the place of the fault; of a stream, which has passed, with its line.
     *
     * @param columns the names of the columns, if they are known
     */
    static TableException in(TextFile file, char separator, List<String> columns, CsvParseException e)
            throws IOException {
        if (file.isRepeatable()) {
            try (Reader text = file.open()) {
                CsvFault fault = new CsvFault(text, separator);
                String problem = fault.find();
                if (!problem.isEmpty()) {
                    return new TableException(
                            file + ", line " + fault.line + ", column " + fault.name(columns) + ": " + problem,
                            EXPECTED,
                            "close the quote, or double a quote that belongs to the text");
                }
            }
        }
        return new TableException(
                file + ": " + FileText.show(String.valueOf(e.getMessage()), MAX_MESSAGE),
                EXPECTED,
                "look for a quote that is not closed");
    }

    private String name(List<String> columns) {
        return column < columns.size() ? TableException.quote(columns.get(column)) : Integer.toString(column + 1);
    }

    /** Reads to the first fault, and leaves line and column there; returns an empty text if there is none. */
    private String find() throws IOException {
        while (next >= 0) {
            skipSpace();
            String problem = next == '"' ? quoted() : "";
            if (!problem.isEmpty()) {
                return problem;
            }
            while (next >= 0 && next != separator && !isLineEnd()) {
                advance();
            }
            column = next == separator ? column + 1 : 0;
            advance();
        }
        return "";
    }

    private String quoted() throws IOException {
        long begin = line;
        advance();
        for (long length = 0; next >= 0 && length <= CsvTable.MAX_CELL; length++) {
            boolean quote = next == '"';
            advance();
            if (quote && next != '"') {
                skipSpace();
                return next < 0 || next == separator || isLineEnd()
                        ? ""
                        : TableException.quote(Character.toString(next)) + " stands after the quote that ends the cell";
            } else if (quote) {
                advance();
            }
        }
        line = begin;
        return "the quote that begins the cell is not closed";
    }

    private void skipSpace() throws IOException {
        while (next >= 0 && next <= ' ' && next != separator && !isLineEnd()) {
            advance();
        }
    }

    private boolean isLineEnd() {
        return next == '\n' || next == '\r';
    }

    private void advance() throws IOException {
        int last = next;
        next = text.read();
        // \r\n is one end of a line
        line += last == '\n' || (last == '\r' && next != '\n') ? 1 : 0;
    }
}
