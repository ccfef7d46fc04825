package io.jacobi.nn.tabular;

import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A file of JSON lines: a JSON object for each row, {@code {"age": 41, "city": "Bern"}}, in UTF-8, which may be
 * compressed by gzip. Rows are read as a stream, so the file may be larger than memory.
 *
 * <p>The first object has all columns. A later one may leave columns out, whose values are then missing, like null. A
 * number keeps the digits that stand in the file, so that a category means the same here and in a CSV file.
 */
public final class JsonLinesTable implements Table {

    private static final int MAX_MESSAGE = 300;

    /** Python writes NaN and Infinity, which are not JSON. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final TextFile file;
    private final List<String> columns;

    private JsonLinesTable(TextFile file, List<String> columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Opens a file and reads its first object.
     *
     * @throws IOException if the file cannot be read
     * @throws TableException if it is empty or does not begin with an object
     */
    public static JsonLinesTable of(Path path) throws IOException {
        return of(new TextFile(path, StandardCharsets.UTF_8));
    }

    /**
     * Opens a stream, such as the standard input, and reads its first object. Its rows can be read once, and are not
     * kept. The caller closes the stream.
     *
     * @param name what messages call it
     * @throws IOException if the stream cannot be read
     * @throws TableException if it is empty or does not begin with an object
     */
    public static JsonLinesTable of(InputStream in, String name) throws IOException {
        return of(new TextFile(in, name, StandardCharsets.UTF_8));
    }

    private static JsonLinesTable of(TextFile file) throws IOException {
        List<String> names = new ArrayList<>();
        read(file, (line, json) -> {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                names.add(json.currentName());
                json.nextToken();
                json.skipChildren();
            }
            return false;
        });
        if (names.isEmpty()) {
            throw new TableException(
                    file + " is empty, or its first object is", "an object for each row", "check how it was written");
        }
        Headers.requireNames(file.toString(), names);
        return new JsonLinesTable(file, List.copyOf(names));
    }

    /** Reads objects until it returns false. */
    private interface ObjectReader {

        /** Reads an object, whose first token has been read, to its last token. */
        boolean read(long line, JsonParser json) throws IOException;
    }

    private static void read(TextFile file, ObjectReader reader) throws IOException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), file.open())) {
            boolean more = true;
            for (JsonToken token = json.nextToken(); more && token != null; token = more ? json.nextToken() : null) {
                long line = json.currentTokenLocation().getLineNr();
                if (token != JsonToken.START_OBJECT) {
                    throw new TableException(
                            file + ", line " + line + ": there is " + kind(token) + " and not an object",
                            "an object for each row, such as {\"age\": 41, \"city\": \"Bern\"}",
                            "write one object a line, without an array around them");
                }
                more = reader.read(line, json);
            }
        } catch (JacksonException e) {
            throw unreadable(file, e);
        }
    }

    private static IOException unreadable(TextFile file, JacksonException e) throws IOException {
        if (e.getCause() instanceof IOException io) {
            return file.unreadable(io);
        }
        TokenStreamLocation at = e.getLocation();
        String place = at == null ? "" : ", line " + at.getLineNr() + ", character " + at.getColumnNr();
        throw new TableException(
                file + place + ": " + FileText.show(e.getOriginalMessage(), MAX_MESSAGE),
                "JSON: names and texts in double quotes, no comma before a bracket that closes",
                "correct the line");
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.asString();
        };
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
        Map<String, Integer> positions = new HashMap<>();
        columns.forEach(name -> positions.put(name, positions.size()));
        long[] rows = {0};
        read(file, (line, json) -> {
            try {
                consumer.accept(rows[0]++, cells(json, positions));
            } catch (TableException e) {
                throw e.in(file + ", line " + line);
            }
            return true;
        });
    }

    private List<@Nullable Object> cells(JsonParser json, Map<String, Integer> positions) {
        @Nullable Object[] cells = new @Nullable Object[columns.size()];
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            Integer position = positions.get(name);
            if (position == null) {
                throw new TableException(
                        "there is a column " + TableException.quote(name) + ", which the first object has not",
                        "the columns of the first object, " + TableException.list(columns),
                        "correct the name, or add the column to the first object, as null if its value is missing");
            }
            cells[position] = cell(name, json.nextToken(), json);
        }
        return Arrays.asList(cells);
    }

    private static @Nullable Object cell(String column, JsonToken token, JsonParser json) {
        return switch (token) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getNumberValue();
            // a BigDecimal keeps the digits, so that a category 1.10 is not 1.1
            case VALUE_NUMBER_FLOAT -> json.isNaN() ? (Number) json.getDoubleValue() : json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default ->
                throw new TableException(
                        "column " + TableException.quote(column) + ": there is " + kind(token),
                        "a text, a number, true, false or null",
                        "give each of its parts a column of its own");
        };
    }

    @Override
    public String toString() {
        return file + ", " + columns.size() + " columns";
    }
}
