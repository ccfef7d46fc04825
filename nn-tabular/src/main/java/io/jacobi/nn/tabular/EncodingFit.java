package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.DateEncoding;
import io.jacobi.nn.files.table.HashEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.NumbersTarget;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.OrdinalEncoding;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.TargetEncoding;
import io.jacobi.nn.files.table.Words;
import io.jacobi.nn.files.table.WordsEncoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fits the encoding of a schema to the training rows of a table. */
final class EncodingFit {

    /** The most categories that an embedding has rows for: the most frequent. */
    private static final int MAX_EMBEDDED = 10_000;

    private static final Scaling UNSCALED = new Scaling(0, 1, 0, false);

    private final TableProfile profile;

    EncodingFit(TableProfile profile) {
        this.profile = profile;
    }

    TableEncoding fit(Schema schema) {
        List<ColumnEncoding> encodings = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Column column : schema.columns()) {
            if (!profile.table().columns().contains(column.name())) {
                throw new TableException(
                        profile.table().name() + " has no column " + TableException.quote(column.name()),
                        "the columns of the schema",
                        "names are compared exactly");
            }
            if (column instanceof Column.Ignored) {
                ignored.add(column.name());
            } else {
                encodings.add(encoding(column));
            }
        }
        if (encodings.isEmpty()) {
            throw new TableException(
                    "every column but the target is ignored", "a column to predict from", "change the schema");
        }
        return new TableEncoding(encodings, target(schema.target()), ignored);
    }

    private ColumnEncoding encoding(Column column) {
        ColumnProfile found = profile.column(column.name());
        if (column instanceof Column.Numeric number) {
            Scaling scaling = scaling(number.name(), transformed(number), number.scaling(), found.trainingMissing());
            return new NumberEncoding(number.name(), number.transform(), scaling, number.decimalComma());
        } else if (column instanceof Column.Category category) {
            return category(category, found);
        } else if (column instanceof Column.Ordered ordered) {
            return ordered(ordered, found);
        } else if (column instanceof Column.Text text) {
            return text.hashed()
                    ? new HashEncoding(text.name(), text.features())
                    : new WordsEncoding(text.name(), vocabulary(text, found));
        } else if (column instanceof Column.Date date) {
            return date(date, found);
        }
        throw new IllegalArgumentException(column + " has no encoding");
    }

    /** The numbers of the training rows after the transform; exactly, or of a sample if there is a transform. */
    private NumberSample transformed(Column.Numeric number) {
        NumberSample numbers = profile.column(number.name()).numbers();
        return number.transform() == NumberTransform.IDENTITY ? numbers : numbers.map(number.transform()::apply);
    }

    /** A missing number counts as the median, which outliers do not move. */
    private static Scaling scaling(String column, NumberSample numbers, ScalingMethod method, boolean indicator) {
        if (numbers.count() == 0) {
            throw new TableException(
                    "the column " + TableException.quote(column) + " has no number in the training rows",
                    "a column of numbers",
                    "declare it as ignored or as categorical");
        }
        double shift = switch (method) {
            case STANDARD -> numbers.mean();
            case MIN_MAX -> numbers.min();
            case ROBUST -> numbers.quantile(0.5);
            case NONE -> 0;
        };
        double scale = switch (method) {
            case STANDARD -> numbers.deviation();
            case MIN_MAX -> numbers.max() - numbers.min();
            case ROBUST -> numbers.quantile(0.75) - numbers.quantile(0.25);
            case NONE -> 1;
        };
        if (!Double.isFinite(shift) || !Double.isFinite(scale)) {
            throw new TableException(
                    "the numbers of the column " + TableException.quote(column) + " are too large to be scaled: from "
                            + numbers.min() + " to " + numbers.max(),
                    "numbers whose squares are finite",
                    "use another unit, or a logarithm");
        }
        // a column of equal numbers says nothing, whatever it is divided by
        return new Scaling(shift, scale > 0 ? scale : 1, numbers.quantile(0.5), indicator);
    }

    private ColumnEncoding category(Column.Category column, ColumnProfile found) {
        requireCounted(column.name(), found);
        Map<String, ValueCounts.Count> counts = found.values().counts();
        List<String> kept = found.values().sorted().stream()
                .filter(text -> counts.get(text).training() >= column.minCount())
                .toList();
        boolean pooled = kept.size() < counts.size();
        if (kept.size() <= column.maxOneHot()) {
            return new OneHotEncoding(column.name(), kept, found.trainingMissing(), pooled);
        }
        List<String> frequent = kept.stream()
                .sorted(Comparator.comparingLong(
                        (String text) -> -counts.get(text).training()))
                .limit(MAX_EMBEDDED)
                .toList();
        return new IndexEncoding(column.name(), frequent);
    }

    private static void requireCounted(String column, ColumnProfile found) {
        if (!found.countedAll()) {
            throw new TableException(
                    "the column " + TableException.quote(column) + " has more than "
                            + (found.values().size() - 1) + " different values",
                    "fewer, to be categories",
                    "declare it as a number, as text, or as ignored");
        }
    }

    private static ColumnEncoding ordered(Column.Ordered column, ColumnProfile found) {
        NumberSample positions = new NumberSample();
        List<String> order = column.order();
        found.values().counts().forEach((text, count) -> {
            int position = order.indexOf(text);
            if (position < 0) {
                throw new TableException(
                        "the column " + TableException.quote(column.name()) + " has " + TableException.quote(text)
                                + ", which is not in its order",
                        "one of " + TableException.list(order),
                        "add it to the order, or correct the row");
            }
            for (long i = 0; i < count.training(); i++) {
                positions.add(position);
            }
        });
        return new OrdinalEncoding(
                column.name(),
                order,
                scaling(column.name(), positions, ScalingMethod.STANDARD, found.trainingMissing()));
    }

    /** The most frequent words, those of equal frequency by the alphabet. */
    private static List<String> vocabulary(Column.Text column, ColumnProfile found) {
        Map<String, Integer> counts = new HashMap<>();
        found.texts().forEach(text -> Words.forEach(Cell.text(text), word -> counts.merge(word, 1, Integer::sum)));
        List<String> words = counts.keySet().stream()
                .sorted(Comparator.comparingInt((String word) -> -counts.get(word))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(column.features())
                .toList();
        if (words.isEmpty()) {
            throw new TableException(
                    "the column " + TableException.quote(column.name()) + " has no words in the training rows",
                    "texts",
                    "declare it as ignored");
        }
        return words;
    }

    private static ColumnEncoding date(Column.Date column, ColumnProfile found) {
        // its own reader, so that training reads a date exactly as serving does
        DateEncoding reader = new DateEncoding(column.name(), column.pattern(), column.time(), UNSCALED);
        NumberSample days = new NumberSample();
        found.texts().forEach(text -> days.add(DateEncoding.days(reader.date(text))));
        return new DateEncoding(
                column.name(),
                column.pattern(),
                column.time(),
                scaling(column.name(), days, ScalingMethod.STANDARD, found.trainingMissing()));
    }

    private TargetEncoding target(Target target) {
        if (target instanceof Target.Classes classes) {
            return classes(classes.column());
        } else if (target instanceof Target.Labels labels) {
            return new LabelsTarget(labels.columns());
        } else if (target instanceof Target.Numbers numbers) {
            return new NumbersTarget(
                    numbers.numbers().stream().map(this::number).toList());
        }
        throw new IllegalArgumentException(target + " has no encoding");
    }

    private NumbersTarget.Column number(Column.Numeric number) {
        Scaling scaling = scaling(number.name(), transformed(number), number.scaling(), false);
        return new NumbersTarget.Column(
                number.name(), number.transform(), scaling.shift(), scaling.scale(), number.decimalComma());
    }

    private ClassTarget classes(String column) {
        ColumnProfile found = profile.column(column);
        requireCounted(column, found);
        found.values().counts().forEach((text, count) -> {
            if (count.rows() == 1) {
                throw new TableException(
                        "the class " + TableException.quote(text) + " of " + TableException.quote(column)
                                + " has one row only, row " + count.first() + " after the header",
                        "at least two rows of each class, one to learn from and one to judge",
                        "remove the row, join the class to another, or predict a number");
            }
        });
        return new ClassTarget(column, found.values().sorted());
    }
}
