package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTableTest {

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("data.jsonl"), text);
    }

    private static List<List<@Nullable Object>> rows(Table table) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        table.forEach((index, cells) -> {
            assertThat(index).isEqualTo(rows.size());
            rows.add(new ArrayList<>(cells));
        });
        return rows;
    }

    @Test
    void readsAnObjectForEachRow() throws IOException {
        JsonLinesTable table = JsonLinesTable.of(file(
                "{\"a\": 1, \"b\": \"x\\n\\\"y\\\"\"}\n\n{\"b\": null, \"a\": true}\r\n{\"a\":-2.50}{\"b\":\"\"}"));

        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(rows(table))
                .containsExactly(
                        List.of(1, "x\n\"y\""),
                        Arrays.asList(true, null),
                        Arrays.asList(new BigDecimal("-2.50"), null),
                        Arrays.asList(null, ""));
        assertThat(rows(table)).as("a second pass").hasSize(4);
        assertThat(table).hasToString(directory.resolve("data.jsonl") + ", 2 columns");
    }

    /** A category is its digits, and a number its value. */
    @Test
    void aNumberKeepsItsDigits() throws IOException {
        List<List<@Nullable Object>> rows =
                rows(JsonLinesTable.of(file("{\"a\": 1.10}\n{\"a\": 12345678901234567890}\n{\"a\": 1e400}")));

        assertThat(rows.stream().map(row -> Cell.text(row.get(0))))
                .containsExactly("1.10", "12345678901234567890", "1E+400");
        assertThat(Cell.number("a", rows.get(0).get(0), false)).isEqualTo(1.1);
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Cell.number("a", rows.get(2).get(0), false))
                .withMessageStartingWith("column \"a\": \"1E+400\" is infinite");
    }

    /** As Python's json.dumps writes them. */
    @Test
    void nanIsMissingAndInfinityIsNot() throws IOException {
        List<List<@Nullable Object>> rows =
                rows(JsonLinesTable.of(file("{\"a\": NaN}\n{\"a\": Infinity}\n{\"a\": -Infinity}")));

        assertThat(Cell.isMissing(rows.get(0).get(0))).isTrue();
        assertThat(rows.get(1)).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(rows.get(2)).containsExactly(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "[{\"a\": 1}]               ! , line 1: there is an array and not an object",
                "{\"a\": 1}|7               ! , line 2: there is a number and not an object",
                "{\"a\": 1}||\"x\"          ! , line 3: there is a text and not an object",
                "{\"a\": 1}|{\"a\": 1, b: 2} ! , line 2, character 10: Unexpected character ('b'",
                "{\"a\": 1}|{\"a\": 1       ! , line 2, character 8: Unexpected end-of-input",
                "{\"a\": 1}|{\"a\": 1, \"a\": 2} ! , line 2, character 13: Duplicate Object property \"a\"",
                "{\"a\": 1}|{\"a\": 01}     ! , line 2, character 8: Invalid numeric value: Leading zeroes not allowed",
                "{\"a\": 1}|{\"b\": 1}      ! , line 2: there is a column \"b\", which the first object has not",
                "{\"a\": 1}|{\"a\": [1, 2]} ! , line 2: column \"a\": there is an array",
                "{\"a\": 1}|{\"a\": {}}     ! , line 2: column \"a\": there is an object",
                "{}                         ! is empty, or its first object is",
                "``                         ! is empty, or its first object is",
                "{\" \": 1}                 ! : column 1 of 1 has no name",
                "{\"a\": 1, \"a\": 2}       ! , line 1, character 13: Duplicate Object property \"a\""
            })
    void badLinesAreNamed(String lines, String problem) throws IOException {
        Path file = file(lines.replace("|", "\n"));

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows(JsonLinesTable.of(file)))
                .withMessageStartingWith(file + (problem.startsWith("is") ? " " : "") + problem)
                .withMessageContainingAll("\n  expected ", "\n  fix: ");
    }

    @Test
    void aMessageOfTheConsumerBeginsWithTheLine() throws IOException {
        Path file = file("{\"a\": 1}\n\n{\"a\": 2}");
        JsonLinesTable table = JsonLinesTable.of(file);

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> table.forEach((index, cells) -> {
                    if (index == 1) {
                        throw new TableException("a problem", "none", "none");
                    }
                }))
                .withMessageStartingWith(file + ", line 3: a problem");
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() throws IOException {
        Path file = directory.resolve("data.jsonl");
        Files.write(file, "{\"a\": \"Rome\"}\n{\"a\": \"Zürich\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows(JsonLinesTable.of(file)))
                .withMessageStartingWith(file + ", line 2, character 9, after \"{\"a\": \"Z\": not text in UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        assertThat(rows(JsonLinesTable.of(file("\ufeff{\"a\": 1}")))).containsExactly(List.of(1));
    }
}
