package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jacobi.nn.files.table.TableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @TempDir
    private Path directory = Path.of("");

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("data.csv"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<@Nullable Object>> rows(Table table) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        table.forEach((index, cells) -> {
            assertThat(index).isEqualTo(rows.size());
            rows.add(new ArrayList<>(cells));
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void detectsTheSeparator(String separator) throws IOException {
        Path file = file(String.join(separator, "a", "\"b,;\t|\"", "c") + "\n" + String.join(separator, "1", "2", "3"));
        CsvTable table = CsvTable.of(file);
        assertThat(table.columns()).containsExactly("a", "b,;\t|", "c");
        assertThat(rows(table)).containsExactly(List.of("1", "2", "3"));
        assertThat(rows(table)).as("a second pass").hasSize(1);
    }

    @Test
    void readsQuotesLineBreaksAndEmptyCells() throws IOException {
        CsvTable table = CsvTable.of(file("a,b\r\n\"x \"\"y\"\"\nz\",\r\n , 2\r\n"));
        assertThat(rows(table)).containsExactly(List.of("x \"y\"\nz", ""), List.of(" ", " 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkDecidesTheEncoding(String charset) throws IOException {
        CsvTable table = CsvTable.of(file("\uFEFFgröße,b\n1,2".getBytes(Charset.forName(charset))));
        assertThat(table.columns()).containsExactly("größe", "b");
        assertThat(rows(table)).containsExactly(List.of("1", "2"));
    }

    @Test
    void readsCompressedFiles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rows(CsvTable.of(file(bytes.toByteArray())))).containsExactly(List.of("1", "2"));
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() throws IOException {
        Path latin = file("city,n\nRome,1\nZürich,2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows(CsvTable.of(latin)))
                .withMessage(
                        latin + ", line 3, character 2, after \"Z\": not text in UTF-8\n  expected the encoding UTF-8"
                                + "\n  fix: save the file as UTF-8, or give its encoding, such as ISO-8859-1 or windows-1252");
        CsvFormat format = CsvFormat.DETECTED.withCharset(StandardCharsets.ISO_8859_1);
        assertThat(rows(CsvTable.of(latin, format))).contains(List.of("Zürich", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1,2,3,4", "1"})
    void raggedRowsAreNamed(String row) throws IOException {
        Path file = file("a,b,c\n1,2,3\n\"x\ny\",2,3\n" + row + "\n");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows(CsvTable.of(file)))
                .withMessageStartingWith(file + ", line 5: the row has " + row.split(",").length
                        + " cells\n  expected 3, as the header\n  fix: quote cells that contain ','");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "a,b|1,2|3,\"4|5,6|!                 line 3, column \"b\": the quote that begins the cell is not closed",
                "a,b|\"x|y\",\"z\"\"\"|3, \"4|!     line 4, column \"b\": the quote that begins the cell is not closed",
                "\"a,b|1,2|!                        line 1, column 1: the quote that begins the cell is not closed",
                "a,b|1,\"\"\"2|!                     line 2, column \"b\": the quote that begins the cell is not closed",
                "a,b|\"1\" ,\"2\"|3,4|5,\"6\" seven|! line 4, column \"b\": \"s\" stands after the quote that ends",
                "a,b|1\"2,\"3\"\u0085|!              line 2, column \"b\": \"\\u0085\" stands after the quote that ends"
            })
    void aQuoteThatIsNotClosedIsNamed(String lines, String problem) throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Path file = file(lines.replace("|", end));
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> rows(CsvTable.of(file)))
                    .withMessageStartingWith(file + ", " + problem)
                    .withMessageContaining("fix: close the quote, or double a quote that belongs to the text");
        }
    }

    /** The characters that a cell may have, in a random order: the rule for quotes is that of the reader. */
    @Test
    void theFaultIsFoundWheneverTheReaderFindsOne() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int faults = 0;
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder("a,b\n");
            for (int k = random.nextInt(12); k >= 0; k--) {
                text.append("\"\"\"x, \n\r\t".charAt(random.nextInt(9)));
            }
            Path file = file(text.toString());
            try {
                CsvTable.of(file).forEach((index, cells) -> {});
            } catch (TableException e) {
                boolean ragged = String.valueOf(e.getMessage()).contains("the row has");
                faults += ragged ? 0 : 1;
                assertThat(ragged
                                || String.valueOf(e.getMessage())
                                        .matches("(?s).*, line \\d+, column (\"[ab]\"|\\d): .*"))
                        .as("%s for %s", e.getMessage(), text)
                        .isTrue();
            }
        }
        assertThat(faults).isGreaterThan(200);
    }

    @Test
    void headersAreChecked() throws IOException {
        Path empty = file("");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.of(empty))
                .withMessageStartingWith(empty + " is empty");
        file("a,b,a\n1,2,3");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.of(empty))
                .withMessageContaining("the column \"a\" is there twice");
        file("a,,c\n1,2,3");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.of(empty))
                .withMessageContaining("column 2 of 3 has no name");
        file("1,2.5\n3,4");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> CsvTable.of(empty))
                .withMessageContaining("has no header: its first line is numbers, \"1\", \"2.5\"");
        CsvTable table = CsvTable.of(empty, CsvFormat.DETECTED.withoutHeader());
        assertThat(table.columns()).containsExactly("c1", "c2");
        assertThat(rows(table)).hasSize(2);
    }

    @Test
    void whatIsNoFileIsSaidSo() {
        assertThatIOException()
                .isThrownBy(() -> CsvTable.of(directory))
                .withMessage(directory + " is not a file\n  expected a file with a table");
        assertThatIOException()
                .isThrownBy(() -> CsvTable.of(directory.resolve("none.csv")))
                .withMessageContaining("none.csv does not exist");
    }
}
