package io.jacobi.nn.examples;

import io.jacobi.nn.tabular.Column;
import io.jacobi.nn.tabular.Schema;
import io.jacobi.nn.tabular.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What columns of a table are, where that is not what they seem to be. */
final class ColumnOptions {

    @Option(names = "--ignore", paramLabel = "COL", description = "A column that the model does not read.")
    private List<String> ignored = List.of();

    @Option(names = "--numeric", paramLabel = "COL", description = "A column, or the target, that is a number.")
    private List<String> numeric = List.of();

    @Option(
            names = "--decimal-comma",
            paramLabel = "COL",
            description = "A column, or the target, of numbers such as 3,14.")
    private List<String> decimalComma = List.of();

    @Option(
            names = "--log",
            paramLabel = "COL",
            description = "A column, or the target, of amounts that span powers of ten: its logarithm is used.")
    private List<String> logarithmic = List.of();

    @Option(names = "--categorical", paramLabel = "COL", description = "A column, or the target, that is a category.")
    private List<String> categorical = List.of();

    @Option(
            names = "--ordered",
            paramLabel = "COL=A,B,C",
            description = "A column of categories with an order, from the lowest to the highest.")
    private List<String> ordered = List.of();

    @Option(names = "--text", paramLabel = "COL", description = "A column of texts, as a bag of their words.")
    private List<String> text = List.of();

    @Option(
            names = "--date",
            paramLabel = "COL[=PATTERN]",
            description = "A column of dates, in ISO 8601 or in a pattern such as dd.MM.uuuu.")
    private List<String> date = List.of();

    /** Returns the schema with the columns that these options name. */
    Schema applyTo(Schema inferred) {
        Names names = new Names(
                Stream.concat(inferred.columns().stream().map(Column::name), inferred.target().columns().stream())
                        .toList());
        Schema schema = inferred;
        for (String name : names.of("--ignore", ignored)) {
            schema = column("--ignore", schema, name, Column::ignored);
        }
        for (String name : names.of("--text", text)) {
            schema = column("--text", schema, name, Column::text);
        }
        for (String name : names.of("--categorical", categorical)) {
            schema = isTarget(schema, name)
                    ? schema.withTarget(classTarget(schema, name))
                    : column("--categorical", schema, name, Column::category);
        }
        for (String name : names.of("--numeric", numeric)) {
            schema = number("--numeric", schema, name, column -> column);
        }
        for (String name : names.of("--decimal-comma", decimalComma)) {
            schema = number("--decimal-comma", schema, name, Column.Numeric::withDecimalComma);
        }
        for (String name : names.of("--log", logarithmic)) {
            schema = number("--log", schema, name, Column.Numeric::logarithmic);
        }
        for (String order : ordered) {
            NamedText parts = NamedText.of("--ordered", order, names);
            String[] values = parts.text()
                    .orElseThrow(() -> new IllegalArgumentException("--ordered " + order
                            + " has no order\n  expected COL=A,B,C, from the lowest to the highest"))
                    .split(",", -1);
            schema = column("--ordered", schema, parts.name(), name -> Column.ordered(name, values));
        }
        for (String dated : date) {
            NamedText parts = NamedText.of("--date", dated, names);
            schema = column("--date", schema, parts.name(), name -> date(name, parts.text()));
        }
        return schema;
    }

    private static Column date(String name, Optional<String> pattern) {
        Column.Date plain = Column.date(name);
        return pattern.map(text -> text.contains("H") ? plain.withPattern(text).withTime() : plain.withPattern(text))
                .orElse(plain);
    }

    private static boolean isTarget(Schema schema, String name) {
        return schema.target().columns().contains(name);
    }

    private static Schema column(String option, Schema schema, String name, Function<String, Column> kind) {
        if (isTarget(schema, name)) {
            throw new IllegalArgumentException(option + " " + name + " is the target"
                    + "\n  expected another column; a target may be --categorical, --numeric or --log");
        }
        return schema.with(kind.apply(name));
    }

    private static Target classTarget(Schema schema, String name) {
        if (schema.target().columns().size() > 1) {
            throw new IllegalArgumentException("--categorical " + name + " is one of several targets"
                    + "\n  expected one target that is a class, or several of yes and no, or several numbers"
                    + "\n  fix: train a model for each class");
        }
        return Target.classOf(name);
    }

    /** Changes a column of numbers or makes a column one, and the same for a target. */
    private static Schema number(
            String option, Schema schema, String name, Function<Column.Numeric, Column.Numeric> change) {
        if (isTarget(schema, name)) {
            List<Column.Numeric> numbers = schema.target() instanceof Target.Numbers found
                    ? found.numbers()
                    : schema.target().columns().stream().map(Column::number).toList();
            return schema.withTarget(new Target.Numbers(numbers.stream()
                    .map(number -> number.name().equals(name) ? change.apply(number) : number)
                    .toList()));
        }
        Column.Numeric number = schema.columns().stream()
                .filter(column -> column.name().equals(name) && column instanceof Column.Numeric)
                .map(Column.Numeric.class::cast)
                .findFirst()
                .orElseGet(() -> Column.number(name));
        return column(option, schema, name, same -> change.apply(number));
    }
}
