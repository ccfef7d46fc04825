package io.jacobi.nn.tabular;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A CSV file, which may be compressed by gzip. Rows are read as a stream, so the file may be larger than memory. */
public final class CsvTable implements Table {

    /** The longest row, in characters, so that a quote that is not closed cannot fill the memory. */
    static final int MAX_CELL = 16 << 20;

    private final TextFile file;
    private final CsvFormat format;
    private final char separator;
    private final List<String> columns;

    private CsvTable(TextFile file, CsvFormat format, char separator, List<String> columns) {
        this.file = file;
        this.format = format;
        this.separator = separator;
        this.columns = columns;
    }

    /** Opens a file in UTF-8 with a header, and detects its separator. */
    public static CsvTable of(Path path) throws IOException {
        return of(path, CsvFormat.DETECTED);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws IOException if the file cannot be read
     * @throws TableException if it is empty, or if a column has no name or the name of another
     */
    public static CsvTable of(Path path, CsvFormat format) throws IOException {
        return of(new TextFile(path, format.charset()), format);
    }

    /**
     * Opens a stream, such as the standard input, and reads its header. Its rows can be read once, and are not kept.
     * The caller closes the stream.
     *
     * @param name what messages call it
     * @throws IOException if the stream cannot be read
     * @throws TableException if it is empty, or if a column has no name or the name of another
     */
    public static CsvTable of(InputStream in, String name, CsvFormat format) throws IOException {
        return of(new TextFile(in, name, format.charset()), format);
    }

    private static CsvTable of(TextFile file, CsvFormat format) throws IOException {
        char separator = format.separatorOf(file.firstLine());
        List<String> first = new ArrayList<>();
        read(file, separator, List.of(), record -> {
            first.addAll(record.getFields());
            return false;
        });
        if (first.isEmpty() || (first.size() == 1 && first.get(0).isBlank())) {
            throw new TableException(
                    file + " is empty", "a header and rows", "check that the file was written completely");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            names.add(format.header() ? first.get(i).strip() : "c" + (i + 1));
        }
        Headers.requireNames(file.toString(), names);
        if (format.header()) {
            Headers.requireHeader(file.toString(), names);
        }
        return new CsvTable(file, format, separator, List.copyOf(names));
    }

    /** Receives records until it returns false. */
    private interface RecordConsumer {
        boolean accept(CsvRecord record) throws IOException;
    }

    private static void read(TextFile file, char separator, List<String> columns, RecordConsumer consumer)
            throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(separator)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .maxBufferSize(MAX_CELL)
                        .trimWhitespacesAroundQuotes(true)
                        .ofCsvRecord(file.open());
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                if (!consumer.accept(record)) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            throw file.unreadable(Objects.requireNonNull(e.getCause()));
        } catch (CsvParseException e) {
            throw CsvFault.in(file, separator, columns, e);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void forEach(RowConsumer consumer) throws IOException {
        long[] rows = {format.header() ? -1 : 0};
        read(file, separator, columns, record -> {
            if (rows[0] >= 0) {
                try {
                    requireWidth(record);
                    consumer.accept(rows[0], record.getFields());
                } catch (TableException e) {
                    throw e.in(file + ", line " + record.getStartingLineNumber());
                }
            }
            rows[0]++;
            return true;
        });
    }

    private void requireWidth(CsvRecord record) {
        if (record.getFieldCount() != columns.size()) {
            throw new TableException(
                    "the row has " + record.getFieldCount() + " cells",
                    columns.size() + ", as the header",
                    "quote cells that contain " + shown() + ", or add the missing cells; an empty cell is missing");
        }
    }

    private String shown() {
        return separator == '\t' ? "a tab" : "'" + separator + "'";
    }

    @Override
    public String toString() {
        return file + ", " + columns.size() + " columns separated by " + shown();
    }
}
