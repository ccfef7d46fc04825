package io.jacobi.nn.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.files.table.DateText;
import io.jacobi.nn.files.table.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    /** A table of one column and a class that alternates. */
    private static Table column(@Nullable Object... cells) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            rows.add(Arrays.asList(cells[i], i % 2 == 0 ? "yes" : "no"));
        }
        return RowTable.of("test", List.of("x", "y"), rows);
    }

    private static Column infer(@Nullable Object... cells) throws IOException {
        return Schema.infer(column(cells), "y").columns().get(0);
    }

    @Test
    void findsTheKindOfAColumn() throws IOException {
        assertThat(infer("1", "2.5", "", "NA", "-3e2")).isEqualTo(Column.number("x"));
        assertThat(infer("1,5", "2", "3,25")).isEqualTo(Column.number("x").withDecimalComma());
        assertThat(infer("1,234", "12,500", "999"))
                .as("thousands or decimals: the cells are refused later, with their line")
                .isEqualTo(Column.number("x"));
        assertThat(infer("1,5", "2.5")).isEqualTo(Column.number("x"));
        assertThat(infer("red", "blue", "red", null)).isEqualTo(Column.category("x"));
        assertThat(infer("2024-03-01", "2023-12-31")).isEqualTo(Column.date("x"));
        assertThat(infer("2024-03-01 10:00:00", "2023-12-31 11:30:00"))
                .isEqualTo(Column.date("x").withTime());
        assertThat(infer("31.12.2023", "01.02.2024")).isEqualTo(Column.date("x").withPattern("dd.MM.uuuu"));
        assertThat(infer("12/31/2023", "01/02/2024")).isEqualTo(Column.date("x").withPattern("MM/dd/uuuu"));
        assertThat(infer("a text of some length here", "and another one that differs much"))
                .isEqualTo(Column.text("x"));
    }

    @Test
    void ignoresWhatSaysNothing() throws IOException {
        assertThat(infer("", "NA", null)).isEqualTo(new Column.Ignored("x", "no value"));
        assertThat(infer("7", "7", "7")).isEqualTo(new Column.Ignored("x", "one value only"));
        assertThat(infer("11", "12", "13", "14")).isEqualTo(new Column.Ignored("x", "counts the rows"));
        Object[] names = new Object[30];
        Arrays.setAll(names, i -> "user-" + i);
        assertThat(infer(names)).isEqualTo(new Column.Ignored("x", "another value in each row"));
    }

    @Test
    void aFewWordsDoNotMakeAColumnOfNumbersCategorical() throws IOException {
        Object[] cells = new Object[40];
        Arrays.setAll(cells, i -> i == 7 ? "forty" : Integer.toString(i * i));
        assertThat(infer(cells)).isEqualTo(Column.number("x"));
    }

    @ParameterizedTest
    @CsvSource({
        "a;b;a;b, Classes",
        "0;1;0;1, Classes",
        "true;false;true;true, Classes",
        "1.5;2;3;4, Numbers",
        "10;20;30;40, Numbers"
    })
    void findsTheKindOfTheTarget(String cells, String kind) throws IOException {
        Target target = Schema.infer(column((Object[]) cells.split(";")), "x").target();
        assertThat(target.getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void severalTargetsAreLabelsOrNumbers() throws IOException {
        Table table = RowTable.of("t", List.of("x", "a", "b"), List.of(List.of(1, "1", "no"), List.of(5, "0", "yes")));
        assertThat(Schema.infer(table, "a", "b").target()).isEqualTo(Target.labels("a", "b"));
        assertThat(Schema.infer(table, "x", "a").target()).isEqualTo(Target.numbers("x", "a"));
    }

    @Test
    void impossibleTargetsAreRefused() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Schema.infer(column("1", "1", "1"), "x"))
                .withMessageStartingWith("test: the target \"x\" has one value only");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Schema.infer(column("1", "2"), "z"))
                .withMessageStartingWith("test has no column \"z\" to predict\n  expected one of \"x\", \"y\"");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> Schema.infer(column("1", "2")))
                .withMessageStartingWith("no target is named");
    }

    @Test
    void columnsAreOverriddenAndPrinted() throws IOException {
        Schema schema =
                Schema.infer(column("1", "5", "4"), "y").with(Column.number("x").logarithmic());
        assertThat(schema).hasToString("target  class of y\nx  number, logarithm, standardized\n");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> schema.with(Column.ignored("X")))
                .withMessageStartingWith("the schema has no column \"X\"\n  expected one of \"x\"");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> schema.with(Column.date("y").withPattern(DateText.ISO)))
                .withMessageContaining("it is the target: use withTarget");
    }
}
