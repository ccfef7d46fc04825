package io.jacobi.nn.files.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the rows of a table. The columns are matched by name, once for all rows of one header. Any number of threads may
 * use one encoder.
 */
public final class RowEncoder {

    private static final int ABSENT = -1;

    private final TableEncoding encoding;
    private final List<String> names;
    private final Set<String> known;
    private final List<CellEncoder> encoders = new ArrayList<>();
    private final int width;
    private final int[] cells;
    private final int[] targetCells;
    private final int[] codeStarts;
    private final int[] featureStarts;

    private RowEncoder(TableEncoding encoding, List<String> header) {
        this.encoding = encoding;
        this.names = encoding.columns().stream().map(ColumnEncoding::column).toList();
        this.known = new HashSet<>(names);
        known.addAll(encoding.target().columns());
        known.addAll(encoding.ignored());
        this.width = header.size();
        this.cells = names.stream().mapToInt(header::indexOf).toArray();
        this.targetCells =
                encoding.target().columns().stream().mapToInt(header::indexOf).toArray();
        int n = names.size();
        this.codeStarts = new int[n + 1];
        this.featureStarts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            ColumnEncoding column = encoding.columns().get(i);
            encoders.add(column.encoder());
            codeStarts[i + 1] = codeStarts[i] + column.codes();
            featureStarts[i + 1] = featureStarts[i] + column.width();
        }
    }

    /** Returns an encoder for rows that are given by the names of their columns, or in the order of the encoding. */
    public static RowEncoder of(TableEncoding encoding) {
        return new RowEncoder(
                encoding,
                encoding.columns().stream().map(ColumnEncoding::column).toList());
    }

    /**
     * Returns an encoder for rows with the columns of a header, in any order. The target's columns may be absent.
     *
     * @throws TableException if a column is missing, is there twice, or is neither used nor ignored
     */
    public static RowEncoder of(TableEncoding encoding, List<String> header) {
        Set<String> given = new LinkedHashSet<>();
        for (String name : header) {
            if (!given.add(name)) {
                throw TableException.inColumn(name, "is there twice", "different names", "rename one of them");
            }
        }
        RowEncoder encoder = new RowEncoder(encoding, header);
        if (!given.containsAll(encoder.names) || !encoder.known.containsAll(given)) {
            throw encoder.mismatch(given);
        }
        return encoder;
    }

    private TableException mismatch(Set<String> given) {
        List<String> missing =
                names.stream().filter(name -> !given.contains(name)).toList();
        List<String> extra =
                given.stream().filter(name -> !known.contains(name)).toList();
        return new TableException(
                (missing.isEmpty() ? "" : "the row has no " + TableException.list(missing))
                        + (missing.isEmpty() || extra.isEmpty() ? "" : ", and ")
                        + (extra.isEmpty() ? "" : "the model was not trained with " + TableException.list(extra)),
                "the columns " + TableException.list(names),
                extra.isEmpty()
                        ? "add the column; leave a cell empty if its value is missing"
                        : "remove or rename the column; names are compared exactly");
    }

    /** The number of codes of a row. */
    public int codes() {
        return codeStarts[encoders.size()];
    }

    /** The number of features of a row. */
    public int features() {
        return featureStarts[encoders.size()];
    }

    /**
     * Writes the codes of a row.
     *
     * @param row the cells in the order of the header; null if missing
     * @param codes receives {@link #codes} numbers, from position {@code at}
     * @throws TableException if the row has another number of cells than the header, or a cell is not of its column's
     *     kind
     */
    public void encode(List<? extends @Nullable Object> row, float[] codes, int at) {
        if (row.size() != width) {
            throw new TableException(
                    "the row has " + row.size() + " cells",
                    width + " in the order of the columns"
                            + (width == names.size() ? ", " + TableException.list(names) : ""),
                    "add or remove cells; null is a missing value");
        }
        for (int i = 0; i < cells.length; i++) {
            encode(i, row.get(cells[i]), codes, at);
        }
    }

    private void encode(int column, @Nullable Object cell, float[] codes, int at) {
        requireOneValue(names.get(column), cell);
        encoders.get(column).encode(cell, codes, at + codeStarts[column]);
    }

    /** The text of a list or of an array would be an unknown category. */
    private static void requireOneValue(String column, @Nullable Object cell) {
        if (cell == null || cell instanceof String || cell instanceof Number) {
            return;
        }
        if (cell instanceof Collection
                || cell instanceof Map
                || cell instanceof Optional
                || cell.getClass().isArray()) {
            throw TableException.inColumn(
                    column,
                    "the cell is of the class " + cell.getClass().getSimpleName(),
                    "a text, a number, a Boolean, a date, or null if the value is missing",
                    "give the value itself");
        }
    }

    /** Writes the features for the codes of a row, from position {@code to}. */
    public void expand(float[] codes, int from, float[] features, int to) {
        for (int i = 0; i < cells.length; i++) {
            encoders.get(i).expand(codes, from + codeStarts[i], features, to + featureStarts[i]);
        }
    }

    /**
     * Returns the features of a row, whose cells have the order of the header.
     *
     * @throws TableException if the row has another number of cells, or a cell is not of its column's kind
     */
    public float[] features(List<? extends @Nullable Object> row) {
        float[] codes = new float[codes()];
        float[] features = new float[features()];
        encode(row, codes, 0);
        expand(codes, 0, features, 0);
        return features;
    }

    /**
     * Returns the features of a row that is given by the names of its columns. A missing value is null or an empty text,
     * but its column must be there; the target's columns and the ignored ones may be.
     *
     * @throws TableException if a column is missing or unknown, or a cell is not of its column's kind
     */
    public float[] features(Map<String, ? extends @Nullable Object> row) {
        float[] codes = new float[codes()];
        float[] features = new float[features()];
        for (int i = 0; i < names.size(); i++) {
            Object cell = row.get(names.get(i));
            if (cell == null && !row.containsKey(names.get(i))) {
                throw mismatch(row.keySet());
            }
            encode(i, cell, codes, 0);
        }
        if (!known.containsAll(row.keySet())) {
            throw mismatch(row.keySet());
        }
        expand(codes, 0, features, 0);
        return features;
    }

    /** Whether the rows have the target. */
    public boolean hasTarget() {
        return Arrays.stream(targetCells).allMatch(cell -> cell != ABSENT);
    }

    /**
     * Writes the targets of a row.
     *
     * @throws TableException if the rows do not have the target, or a cell is missing or not of its kind
     */
    public void encodeTarget(List<? extends @Nullable Object> row, float[] targets, int at) {
        List<@Nullable Object> found = new ArrayList<>();
        for (int i = 0; i < targetCells.length; i++) {
            if (targetCells[i] == ABSENT) {
                throw TableException.inColumn(
                        encoding.target().columns().get(i),
                        "is not there",
                        "the target's column, to compare answers with",
                        "add the column, or ask for predictions alone");
            }
            found.add(row.get(targetCells[i]));
        }
        encoding.target().encode(found, targets, at);
    }
}
