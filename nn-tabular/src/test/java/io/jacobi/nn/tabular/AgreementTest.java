package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.files.table.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training and serving agree: for every row of five real tables, and of one with columns of every kind, the answer of
 * the loaded file is the answer in the trainer's process to the bit, however the row is given.
 */
class AgreementTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"iris, 150", "wine, 178", "breast_cancer, 569", "diabetes, 442", "digits, 1797"})
    void theLoadedModelAnswersAsTheTrainedOne(String name, int rows) throws IOException {
        Table table = Resources.table("tables/" + name + ".csv");

        assertThat(compare(table, TabularTraining.DEFAULTS.withHidden(32, 16).withEpochs(2), "target"))
                .isEqualTo(rows);
    }

    @Test
    void soDoesAModelOfColumnsOfEveryKind() throws IOException {
        List<List<?>> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(List.of(
                    i % 7 == 0 ? "" : Integer.toString(i * i),
                    (i % 5) + "," + (i % 10),
                    List.of("red", "blue", "n/a", "1.10").get(i % 4),
                    "city" + (i * 17) % 60,
                    List.of("S", "M", "L").get(i % 3),
                    "a text of words, number " + (i % 9) + " and some that are there once like w" + i,
                    "2024-0" + (1 + i % 9) + "-1" + (i % 10) + "T0" + (i % 10) + ":30:00",
                    "user-" + i,
                    i % 2 == 0 ? "yes" : "no",
                    i % 3 == 0 ? "1" : "0",
                    Double.toString(Math.sqrt(i))));
        }
        Table table = RowTable.of(
                "every kind",
                List.of("n", "comma", "colour", "city", "size", "text", "when", "id", "y", "z", "x"),
                rows);
        Schema schema = Schema.infer(table, "y").with(Column.ordered("size", "S", "M", "L"));
        assertThat(schema.columns().stream().<Class<?>>map(Object::getClass))
                .contains(Column.class.getPermittedSubclasses());

        TabularTraining quick = TabularTraining.DEFAULTS.withHidden(8).withEpochs(2);
        assertThat(compare(table, quick, "y")).isEqualTo(120);
        assertThat(compare(table, quick, "y", "z")).isEqualTo(120);
        assertThat(compare(table, quick, "x")).isEqualTo(120);
    }

    /** Returns the number of rows for which all answers agreed. */
    private int compare(Table table, TabularTraining training, String... targets) throws IOException {
        Path file = directory.resolve("model.safetensors");
        List<Answer> expected;
        try (TabularModel trained = training.fit(table, targets)) {
            trained.save(file);
            expected = trained.predict(table);
        }
        Path csv = directory.resolve("rows.csv");
        Path jsonLines = directory.resolve("rows.jsonl");
        List<Map<String, Object>> maps = write(table, csv, jsonLines);
        try (TabularModel loaded = TabularModel.load(file)) {
            assertSame(loaded.predict(table), expected);
            assertSame(loaded.predict(CsvTable.of(csv)), expected);
            assertSame(loaded.predict(JsonLinesTable.of(jsonLines)), expected);
            for (int i = 0; i < expected.size(); i++) {
                Map<String, Object> row = maps.get(i);
                List<Object> cells = loaded.columns().stream().map(row::get).toList();
                assertSame(List.of(loaded.predict(row)), expected.subList(i, i + 1));
                assertSame(List.of(loaded.predict(cells)), expected.subList(i, i + 1));
                assertSame(List.of(loaded.predict(cells.toArray())), expected.subList(i, i + 1));
            }
        }
        return expected.size();
    }

    /** Writes the rows in other forms, numbers as JSON numbers and quoted columns in another order, and returns them. */
    private static List<Map<String, Object>> write(Table table, Path csv, Path jsonLines) throws IOException {
        List<Map<String, Object>> maps = new ArrayList<>();
        List<String> csvLines = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        List<String> columns = table.columns();
        csvLines.add(columns.stream().map(AgreementTest::quote).collect(Collectors.joining(";")));
        table.forEach((index, cells) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            List<String> members = new ArrayList<>();
            for (int i = columns.size() - 1; i >= 0; i--) {
                String text = Objects.toString(cells.get(i));
                row.put(columns.get(i), text);
                boolean number = text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE]-?[0-9]+)?");
                members.add(json(columns.get(i)) + ": " + (number ? text : json(text)));
            }
            maps.add(row);
            objects.add("{" + String.join(", ", members) + "}");
            csvLines.add(
                    cells.stream().map(cell -> quote(Objects.toString(cell))).collect(Collectors.joining(";")));
        });
        Files.write(csv, csvLines);
        Files.write(jsonLines, objects);
        return maps;
    }

    private static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Numbers of records are compared by their bits. */
    private static void assertSame(List<Answer> answers, List<Answer> expected) {
        assertThat(answers).isEqualTo(expected);
    }
}
