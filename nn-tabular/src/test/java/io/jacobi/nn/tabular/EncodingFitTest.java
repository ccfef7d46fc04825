package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.DateEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.WordsEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingFitTest {

    private static final ValidationSplit NONE = new ValidationSplit(0, 0);

    /** A table of a column x and a class y that alternates. */
    private static Table table(int rows, IntFunction<@Nullable Object> x) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(x.apply(i));
            row.add(i % 2 == 0 ? "yes" : "no");
            cells.add(row);
        }
        return RowTable.of("test", List.of("x", "y"), cells);
    }

    private static ColumnEncoding fit(Table table, Column column) throws IOException {
        Schema schema = new Schema(List.of(column), Target.classOf("y"));
        return new EncodingFit(TableProfile.read(table, schema, NONE))
                .fit(schema)
                .columns()
                .get(0);
    }

    @Test
    void isFittedToTheTrainingRowsAlone() throws IOException {
        ValidationSplit split = new ValidationSplit(0.25, 3);
        ValidationSplit.Pass pass = split.pass();
        List<List<Object>> all = new ArrayList<>();
        List<List<Object>> training = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String target = i % 2 == 0 ? "yes" : "no";
            boolean validation = pass.isValidation(target);
            List<Object> row = List.of(
                    validation ? 1e9 : i % 17,
                    validation ? "unseen" + i : "c" + i % 3,
                    validation ? "" : i % 5,
                    validation ? "many words that no other row has" : "some words of the rows",
                    validation ? "1900-01-01" : "2024-03-0" + (1 + i % 9),
                    target);
            all.add(row);
            if (!validation) {
                training.add(row);
            }
        }
        List<String> names = List.of("number", "category", "gap", "text", "date", "y");
        Schema schema = new Schema(
                List.of(
                        Column.number("number"),
                        Column.category("category"),
                        Column.number("gap").scaled(ScalingMethod.ROBUST),
                        Column.text("text"),
                        Column.date("date")),
                Target.classOf("y"));
        TableEncoding fitted =
                new EncodingFit(TableProfile.read(RowTable.of("all", names, all), schema, split)).fit(schema);
        assertThat(training).hasSize(150);
        assertThat(fitted)
                .isEqualTo(new EncodingFit(TableProfile.read(RowTable.of("training", names, training), schema, NONE))
                        .fit(schema));
    }

    @ParameterizedTest
    @EnumSource(ScalingMethod.class)
    void equalNumbersAreNotDividedByZero(ScalingMethod method) throws IOException {
        ColumnEncoding fitted = fit(table(6, i -> 0.1), Column.number("x").scaled(method));
        double shift = method == ScalingMethod.NONE ? 0 : 0.1;
        assertThat(((NumberEncoding) fitted).scaling().scale()).isEqualTo(1);
        assertThat(((NumberEncoding) fitted).scaling().shift()).isCloseTo(shift, within(1e-16));
    }

    @Test
    void rareCategoriesArePooledAndUnseenOnesAreNot() throws IOException {
        Table table = table(20, i -> i < 12 ? "a" : i < 18 ? "b" : "rare" + i);
        assertThat(fit(table, Column.category("x").withMinCount(3)))
                .isEqualTo(new OneHotEncoding("x", List.of("a", "b"), false, true));
        assertThat(fit(table, Column.category("x")))
                .isEqualTo(new OneHotEncoding("x", List.of("a", "b", "rare18", "rare19"), false, false));
    }

    @Test
    void manyCategoriesAreEmbeddedTheMostFrequentFirst() throws IOException {
        Table table = table(2000, i -> i % 5 == 0 ? 7 : 10_000 + i);
        IndexEncoding fitted = (IndexEncoding) fit(table, Column.category("x"));
        assertThat(fitted.categories()).hasSize(1601).startsWith("7", "10001", "10002");
        assertThat(fit(
                        table(10, i -> "abc".substring(i % 3, i % 3 + 1)),
                        Column.category("x").withMaxOneHot(0)))
                .isEqualTo(new IndexEncoding("x", List.of("a", "b", "c")));
    }

    @Test
    void embeddedColumnsAreTheLast() throws IOException {
        List<List<Object>> rows =
                List.of(List.of("a", 1, "yes"), List.of("b", 2, "no"), List.of("b", 3, "yes"), List.of("b", 3, "no"));
        Schema schema =
                new Schema(List.of(Column.category("c").withMaxOneHot(1), Column.number("n")), Target.classOf("y"));
        TableProfile profile = TableProfile.read(RowTable.of("t", List.of("c", "n", "y"), rows), schema, NONE);
        assertThat(new EncodingFit(profile).fit(schema).features()).containsExactly("n", "c");
    }

    @Test
    void datesMayBeWrittenAsDigits() throws IOException {
        Table table = table(4, i -> 20240301 + i);
        DateEncoding fitted = (DateEncoding) fit(table, Column.date("x").withPattern("uuuuMMdd"));
        assertThat(fitted.days()).isEqualTo(new Scaling(19784.5, Math.sqrt(1.25), 19784.5, false));
    }

    @Test
    void textsOfDigitsHaveWordsToo() throws IOException {
        ColumnEncoding fitted = fit(table(4, i -> i == 0 ? "room 101" : "101"), Column.text("x"));
        assertThat(fitted).isEqualTo(new WordsEncoding("x", List.of("101", "room")));
    }

    @Test
    void classesOfManyNumbersCanBeDeclared() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            rows.add(List.of(i * i, i % 1500));
        }
        Table table = RowTable.of("t", List.of("x", "y"), rows);
        Schema schema = Schema.infer(table, "y").withTarget(Target.classOf("y"));
        ClassTarget target = (ClassTarget) new EncodingFit(TableProfile.read(table, schema, NONE))
                .fit(schema)
                .target();
        assertThat(target.classes()).hasSize(1500).startsWith("0", "1", "2");
    }

    @Test
    void impossibleFitsAreRefused() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> ""), Column.number("x")))
                .withMessageStartingWith("the column \"x\" has no number in the training rows");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> i * 1e200), Column.number("x")))
                .withMessageStartingWith(
                        "the numbers of the column \"x\" are too large to be scaled: from 0.0 to 3.0E200");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> "XS"), Column.ordered("x", "S", "M")))
                .withMessageStartingWith("test, row 0: column \"x\": \"XS\" is not in its order");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> "?"), Column.text("x")))
                .withMessageStartingWith("the column \"x\" has no words in the training rows");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(3, i -> i), Column.number("x")))
                .withMessageStartingWith("test, row 1: column \"y\": the class \"no\" has this row alone");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> i), Column.ignored("x")))
                .withMessageStartingWith("every column but the target is ignored");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> fit(table(4, i -> i), Column.number("z")))
                .withMessageStartingWith("test has no column \"z\"");
    }
}
