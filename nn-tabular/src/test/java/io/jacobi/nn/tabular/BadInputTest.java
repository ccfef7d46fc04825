package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.TableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads whose file is not as it should be: the line, the column, and what to do. */
class BadInputTest {

    private static final TabularTraining QUICK =
            TabularTraining.DEFAULTS.withHidden(2).withEpochs(1);

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("data.csv");
    }

    private TabularModel fit(byte[] bytes) throws IOException {
        return QUICK.fit(CsvTable.of(Files.write(file(), bytes)), "y");
    }

    private TabularModel fit(String text) throws IOException {
        return fit(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A header, and 40 rows. */
    private static String rows(String header, IntFunction<String> row) {
        StringBuilder text = new StringBuilder(header + "\n");
        for (int i = 0; i < 40; i++) {
            text.append(row.apply(i)).append('\n');
        }
        return text.toString();
    }

    /** Rows with a number x, one of which is other, and a class y. */
    private static String withOne(String other) {
        return rows("x,y", i -> (i == 33 ? other : Integer.toString(i * i)) + "," + (i % 2 == 0 ? "a" : "b"));
    }

    private void assertRefused(String text, String problem, String expected, String fix) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), problem, expected, fix);
    }

    private void assertRefused(byte[] bytes, String problem, String expected, String fix) {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(bytes))
                .withMessage(file() + problem + "\n  expected " + expected + "\n  fix: " + fix);
    }

    @Test
    void raggedRows() {
        assertRefused(
                "x,y\n1,a\n2\n3,b\n",
                ", line 3: the row has 1 cells",
                "2, as the header",
                "quote cells that contain ',', or add the missing cells; an empty cell is missing");
    }

    @Test
    void anOpenQuote() {
        assertRefused(
                "x,y\n1,a\n2,\"b\n3,a\n",
                ", line 3, column \"y\": the quote that begins the cell is not closed",
                "CSV as in RFC 4180: a cell with quotes inside is quoted, and its quotes are doubled",
                "close the quote, or double a quote that belongs to the text");
    }

    @Test
    void anotherEncoding() {
        assertRefused(
                "x,city,y\n1,Bern,a\n2,Zürich,b\n".getBytes(StandardCharsets.ISO_8859_1),
                ", line 3, character 4, after \"2,Z\": not text in UTF-8",
                "the encoding UTF-8",
                "save the file as UTF-8, or give its encoding, such as ISO-8859-1 or windows-1252");
        assertRefused(
                "x,y\n1,a\n".getBytes(StandardCharsets.UTF_16LE),
                ": the name of column 1 has null characters",
                "text",
                "save the file as UTF-8; if it is UTF-16 without a byte order mark, give this encoding");
        assertRefused(
                new byte[] {(byte) 0xff, (byte) 0xfe, 'x', 0, ',', 0, 'y', 0, '\n', 0, '1', 0, 0, (byte) 0xdc, 'a', 0},
                ", line 2, character 2, after \"1\": not text in UTF-16LE",
                "the encoding UTF-16LE",
                "save the file as UTF-8, or give its encoding, such as ISO-8859-1 or windows-1252");
    }

    @Test
    void noText() throws IOException {
        assertRefused(
                new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0, 8, 0},
                " is a ZIP archive, as a spreadsheet is",
                "text, which may be compressed by gzip",
                "export the sheet as CSV in UTF-8, or unpack the archive");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(withOne("7").getBytes(StandardCharsets.UTF_8));
        }
        byte[] damaged = packed.toByteArray();
        damaged[damaged.length - 5] ^= 1; // of the checksum
        for (byte[] bytes : new byte[][] {Arrays.copyOf(packed.toByteArray(), 100), damaged, {0x1f, (byte) 0x8b, 8}}) {
            assertThatIOException()
                    .isThrownBy(() -> fit(bytes))
                    .withMessageStartingWith(file() + " is compressed by gzip, and damaged or cut off: ")
                    .withMessageEndingWith("\n  expected a whole file\n  fix: write, copy or download it again");
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        try (TabularModel model = fit('\ufeff' + withOne("7"))) {
            assertThat(model.columns()).containsExactly("x");
        }
    }

    @Test
    void decimalCommas() throws IOException {
        try (TabularModel model = fit(rows("x;y", i -> i + "," + i % 9 + ";" + (i % 2 == 0 ? "a" : "b")))) {
            assertThat(((NumberEncoding) model.encoding().columns().get(0)).decimalComma())
                    .isTrue();
            assertThat(model.predict("3,5")).isEqualTo(model.predict(3.5)).isEqualTo(model.predict("3.5"));
        }
        assertRefused(
                rows("x,y", i -> (i == 33 ? "\"3,14\"" : i * 1.5) + "," + (i % 2 == 0 ? "a" : "b")),
                ", line 35: column \"x\": \"3,14\" is not a number",
                "a decimal point, not a comma",
                "write 3.14, or train with decimal commas");
        assertRefused(
                withOne("\"1,234\""),
                ", line 35: column \"x\": \"1,234\" is not a number",
                "a number without commas; it may be 1234 or 1.234",
                "remove the commas, or train with decimal commas");
    }

    @Test
    void headers() {
        assertRefused("x,x,y\n1,2,a\n", ": the column \"x\" is there twice", "different names", "rename one of them");
        assertRefused(
                "x,y,\n1,a,\n",
                ": column 3 of 3 has no name",
                "a name for each column",
                "name it in the header; a separator at the end of the line begins a column too");
        assertRefused(
                "1.5,2\n1,2\n",
                " has no header: its first line is numbers, \"1.5\", \"2\"",
                "the names of the columns in the first line",
                "add a header, or say that there is none; the columns are then called c1, c2, ...");
        assertRefused(
                "5.1,setosa\n4.9,setosa\n",
                " has no column \"y\" to predict",
                "one of \"5.1\", \"setosa\"",
                "names are compared exactly; the first line of a file must have them");
    }

    @Test
    void noRows() {
        for (String empty : new String[] {"", "\n\n\n", "\ufeff", " \n"}) {
            assertRefused(empty, " is empty", "a header and rows", "check that the file was written completely");
        }
        assertRefused("x,y\n", " has a header and no rows", "at least one row", "check how the file was written");
    }

    @Test
    void aTargetThatSaysNothing() {
        assertRefused(
                rows("x,y", i -> i * i + ",a"),
                ": the target \"y\" has one value only",
                "at least two different ones, or there is nothing to learn",
                "choose another target");
        assertRefused(
                rows("x,y", i -> i * i + ","),
                ": the target \"y\" has no value",
                "at least two different ones, or there is nothing to learn",
                "choose another target");
    }

    @Test
    void aTargetThatIsMissing() {
        assertRefused(
                rows("x,y", i -> i * i + "," + (i == 38 ? "NA" : i % 2)),
                ", line 40: column \"y\": the target is missing",
                "a value to learn from",
                "leave the row out, or fill the value in");
    }

    @Test
    void aClassWithOneExample() {
        assertRefused(
                rows("x,y", i -> i * i + "," + (i == 38 ? "c" : i % 2 == 0 ? "a" : "\"b\n\"")),
                ", line 59: column \"y\": the class \"c\" has this row alone",
                "at least two rows of each class, one to learn from and one to judge",
                "remove the row, join the class to another, or predict a number");
    }

    @Test
    void aWordInAColumnOfNumbers() {
        String fix = "correct the cell, leave it empty if the value is missing, or declare the column as categorical";
        assertRefused(
                withOne("forty"),
                ", line 35: column \"x\": \"forty\" is not a number",
                "a number such as 41 or -2.5e3, or an empty cell",
                fix);
        assertRefused(
                rows("x,y", i -> i * i + "," + (i == 38 ? "much" : i * 1.5)),
                ", line 40: column \"y\": \"much\" is not a number",
                "a number such as 41 or -2.5e3, or an empty cell",
                fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "NaN", "nan", "+NaN", "-nan", "NA", "n/a", "NULL", "None", "<NA>", "#N/A", "1.#QNAN", "-1.#IND", "?"
            })
    void aMissingNumberInEverySpelling(String text) throws IOException {
        try (TabularModel model = fit(withOne(text))) {
            NumberEncoding x = (NumberEncoding) model.encoding().columns().get(0);
            assertThat(x.scaling().indicator()).isTrue();
            assertThat(model.predict(text))
                    .isEqualTo(model.predict(new Object[] {null}))
                    .isEqualTo(model.predict(Double.NaN))
                    .isNotEqualTo(model.predict(x.scaling().fill()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inf",
                "Inf",
                "+inf",
                "-inf",
                "Infinity",
                "-INFINITY",
                "∞",
                "-∞",
                "1e999",
                "-1e999",
                "1.#INF",
                "-1.#INF"
            })
    void anInfiniteNumberInEverySpelling(String text) throws IOException {
        assertRefused(
                withOne(text),
                ", line 35: column \"x\": \"" + text + "\" is infinite",
                "a finite number, or an empty cell",
                "leave the cell empty if the value is missing, or replace it with the largest sensible number");
        try (TabularModel model = fit(withOne("7"))) {
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> model.predict(text))
                    .withMessageStartingWith("column \"x\": \"" + text + "\" is infinite");
        }
    }

    /** An embedding has a row for each; all are stored, and answered after loading. */
    @Test
    void tenThousandCategories() throws IOException {
        StringBuilder text = new StringBuilder("c,y\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("category ").append(i % 10_000).append(i % 2 == 0 ? ",a\n" : ",b\n");
        }
        Path stored = directory.resolve("model.safetensors");
        try (TabularModel model = QUICK.withValidation(0).fit(CsvTable.of(Files.writeString(file(), text)), "y")) {
            model.save(stored);
            try (TabularModel loaded = TabularModel.load(stored)) {
                IndexEncoding categories =
                        (IndexEncoding) loaded.encoding().columns().get(0);
                assertThat(categories.categories()).hasSize(10_000);
                for (int i = 0; i < 10_000; i += 99) {
                    Map<String, ?> row = Map.of("c", "category " + i);
                    assertThat(loaded.predict(row)).isEqualTo(model.predict(row));
                }
                assertThat(loaded.predict("no such category").label()).isIn("a", "b");
            }
        }
    }

    @Test
    void tenThousandClasses() {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i * i).append(",class ").append(i % 10_000).append('\n');
        }
        assertRefused(
                text.toString(),
                ": the target \"y\" has 10000 classes",
                "at most 2000",
                "choose another target, join rare classes, or predict a number");
    }

    @Test
    void moreCategoriesThanAFileHoldsAreRefusedBeforeTraining() {
        StringBuilder text = new StringBuilder("c;y\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("a name of sixty characters, as of a very long place, ")
                    .append(i % 10_000)
                    .append(i % 2 == 0 ? ";a\n" : ";b\n");
        }

        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> fit(text.toString()))
                .withMessageContaining("\"jacobi\" would have")
                .withMessageContaining("fix: use fewer or shorter labels and categories");
    }

    @Test
    void aColumnThatTrainingNeverSaw() throws IOException {
        try (TabularModel model = fit(withOne("7"))) {
            Path rows = Files.writeString(directory.resolve("rows.csv"), "x,z\n1,2\n");
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> model.predict(CsvTable.of(rows)))
                    .withMessage(rows + ": the model was not trained with \"z\"\n  expected the columns \"x\""
                            + "\n  fix: remove or rename the column; names are compared exactly");
            Files.writeString(rows, "x,y\n1,a\n1o,b\n");
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> model.predict(CsvTable.of(rows)))
                    .withMessageStartingWith(rows + ", line 3: column \"x\": \"1o\" is not a number");
            Files.writeString(rows, "{\"x\": 1}\n{\"x\": \"1o\"}\n");
            assertThatExceptionOfType(TableException.class)
                    .isThrownBy(() -> model.predict(JsonLinesTable.of(rows)))
                    .withMessageStartingWith(rows + ", line 2: column \"x\": \"1o\" is not a number");
        }
    }
}
