package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.inference.Classifier;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A model that is stored and answers. AgreementTest covers every way to ask, for real tables. */
class TabularModelTest {

    private static final TabularTraining QUICK =
            TabularTraining.DEFAULTS.withHidden(4).withEpochs(3).withValidation(0);

    private static final RowTable PEOPLE = RowTable.of(
            "people",
            List.of("id", "age", "city", "member"),
            List.of(
                    List.of(1, 20, "Bern", "no"),
                    List.of(2, 41, "Basel", "yes"),
                    List.of(3, 35, "Bern", "yes"),
                    List.of(4, 28, "Basel", "no")));

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    @Test
    void aLoadedModelIsTheOneThatWasSaved() throws IOException {
        Map<String, ?> row = Map.of("age", 33, "city", "Bern");
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            model.save(file());
            try (TabularModel loaded = TabularModel.load(file())) {
                assertThat(loaded.encoding()).isEqualTo(model.encoding());
                assertThat(loaded.training()).isEqualTo(model.training()).isPresent();
                assertThat(loaded.predict(row)).isEqualTo(model.predict(row));
                assertThat(loaded).hasToString(model.toString());
            }
        }
    }

    @Test
    void aClassifierReadsTheFileOfAModelOfClasses() throws IOException {
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            model.save(file());
            float[] features = RowEncoder.of(model.encoding()).features(Map.of("age", 33, "city", "Bern"));
            try (Classifier classifier = Classifier.load(file())) {
                assertThat(classifier.labels()).containsExactly("no", "yes");
                assertThat(classifier.classify(features).label())
                        .isEqualTo(
                                model.predict(Map.of("age", 33, "city", "Bern")).label());
            }
        }
    }

    @Test
    void aFileWithoutATableSaysWhatToDo() throws IOException {
        try (Sequential model = Sequential.input(Shape.of(3)).add(new Affine(2)).build(DataType.FLOAT, 1)) {
            ModelFile.of(model).save(file());
        }

        assertThatThrownBy(() -> TabularModel.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file() + ": this is a model of arrays and not of a table")
                .hasMessageContainingAll("expected a model that TabularModel.save wrote", "fix: give it arrays, with");
    }

    @Test
    void answersAreOfTheKindOfTheTarget() throws IOException {
        Map<String, ?> row = Map.of("age", 33, "city", "Bern");
        try (TabularModel classes = QUICK.fit(PEOPLE, "member");
                TabularModel number = QUICK.fit(PEOPLE, "age")) {
            Answer member = classes.predict(row);
            assertThat(member.label()).isIn("no", "yes");
            assertThat(member.probabilities().keySet()).containsExactly("no", "yes");
            assertThat(member.probabilities().values().stream()
                            .mapToDouble(p -> p)
                            .sum())
                    .isCloseTo(1, within(1e-12));
            assertThatThrownBy(member::number)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the model predicts a class: call label()");
            Answer age = number.predict(Map.of("city", "Bern", "member", "yes"));
            assertThat(age.number()).isBetween(0.0, 100.0);
            assertThat(age.numbers()).containsOnlyKeys("age");
            assertThatThrownBy(age::label).hasMessageContaining("the model predicts a number: call number()");
        }
    }

    @Test
    void aRowThatDoesNotFitIsNamed() throws IOException {
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            assertThat(model.columns()).containsExactly("age", "city");
            assertRefused(
                    () -> model.predict(Map.of("age", 33, "town", "Bern")),
                    "the row has no \"city\", and the model was not trained with \"town\"",
                    "expected the columns \"age\", \"city\"");
            assertRefused(() -> model.predict(Map.of("age", 33)), "the row has no \"city\"", "fix: add the column");
            assertRefused(
                    () -> model.predict(Map.of("age", 33, "city", "Bern", "salary", 1)),
                    "the model was not trained with \"salary\"",
                    "fix: remove or rename the column");
            assertRefused(
                    () -> model.predict(Map.of("age", "old", "city", "Bern")),
                    "column \"age\": \"old\" is not a number",
                    "expected a number such as 41");
            assertRefused(
                    () -> model.predict(Map.of("age", Optional.of(33), "city", "Bern")),
                    "column \"age\": the cell is of the class Optional",
                    "fix: give the value itself");
            assertRefused(
                    () -> model.predict(Map.of("age", 33, "city", new String[] {"Bern"})),
                    "column \"city\": the cell is of the class String[]",
                    "expected a text, a number, a Boolean, a date, or null");
            assertRefused(
                    () -> model.predict(Map.of("age", 1e300, "city", "Bern")),
                    "column \"age\": \"1.0E300\" is too large",
                    "expected a number of the size of those in the training rows");
            assertRefused(
                    () -> model.predict(33, "Bern", "no"),
                    "the row has 3 cells",
                    "expected 2 in the order of the columns, \"age\", \"city\"");
            assertRefused(
                    () -> model.predict(RowTable.of("people.csv", List.of(Map.of("age", 1, "town", "Bern")))),
                    "people.csv: the row has no \"city\", and the model was not trained with \"town\"",
                    "fix: remove or rename the column");
            assertRefused(
                    () -> model.predict(RowTable.of("people.csv", List.of(Map.of("age", "x", "city", "Bern")))),
                    "people.csv, row 0: column \"age\": \"x\" is not a number",
                    "fix: correct the cell");
        }
    }

    private static void assertRefused(ThrowableAssert.ThrowingCallable call, String problem, String help) {
        assertThatThrownBy(call)
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(problem)
                .hasMessageContaining(help);
    }

    /** A missing value and an unknown category are no errors. */
    @Test
    void whatIsMissingOrUnknownIsAnswered() throws IOException {
        Map<String, @Nullable Object> missing = new HashMap<>();
        missing.put("age", null);
        missing.put("city", "");
        missing.put("member", "no");
        missing.put("id", "ignored");
        try (TabularModel model = QUICK.fit(PEOPLE, "member")) {
            Answer answer = model.predict(missing);

            assertThat(model.predict(Arrays.asList(null, null))).isEqualTo(answer);
            assertThat(model.predict("NA", "Atlantis"))
                    .as("no missing city was trained with")
                    .isEqualTo(answer);
            assertThat(model.predict(20, "Bern")).isNotEqualTo(answer);
        }
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() throws Exception {
        Table table = Resources.table("tables/iris.csv");
        List<List<Object>> rows = new ArrayList<>();
        table.forEach((index, cells) -> rows.add(List.copyOf(cells.subList(0, 4))));
        try (TabularModel model = QUICK.fit(table, "target")) {
            List<Answer> expected = model.predict(table);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Boolean>> askers = new ArrayList<>();
                for (int thread = 0; thread < 8; thread++) {
                    int start = thread * 17;
                    boolean whole = thread % 4 == 0;
                    askers.add(
                            () -> whole ? model.predict(table).equals(expected) : agree(model, rows, expected, start));
                }
                for (Future<Boolean> agreed : threads.invokeAll(askers)) {
                    assertThat(agreed.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static boolean agree(TabularModel model, List<List<Object>> rows, List<Answer> expected, int start) {
        for (int i = 0; i < 10 * rows.size(); i++) {
            int row = (start + i) % rows.size();
            if (!model.predict(rows.get(row)).equals(expected.get(row))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aClosedModelSaysSo() throws IOException {
        TabularModel model = QUICK.fit(PEOPLE, "member");
        model.close();
        model.close();

        assertThatThrownBy(() -> model.predict(33, "Bern")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.save(file())).isInstanceOf(IllegalStateException.class);
    }

    /** The model of a file and the model of a table share weights, and each may be closed first. */
    @Test
    void theFilesModelMayBeClosed() throws IOException {
        try (TabularModel trained = QUICK.fit(PEOPLE, "member")) {
            ModelFile file = trained.file();
            try (TabularModel model = TabularModel.of(file)) {
                assertThat(model.predict(33, "Bern")).isEqualTo(trained.predict(33, "Bern"));
            }
            assertThat(trained.predict(33, "Bern").label()).isIn("no", "yes");
        }
    }
}
