package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.DateEncoding;
import io.jacobi.nn.files.table.DateText;
import io.jacobi.nn.files.table.HashEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.files.table.Words;
import io.jacobi.nn.files.table.WordsEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fits the encoding of a schema to the training rows of a table. */
final class EncodingFit {

    private final TableProfile profile;

    EncodingFit(TableProfile profile) {
        this.profile = profile;
    }

    /** The encoding; the columns of embeddings are the last, so that the other features lie side by side. */
    TableEncoding fit(Schema schema) {
        List<ColumnEncoding> encodings = new ArrayList<>();
        List<ColumnEncoding> embedded = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Column column : schema.columns()) {
            requireColumn(column.name());
            if (column instanceof Column.Ignored) {
                ignored.add(column.name());
            } else {
                ColumnEncoding encoding = encoding(column, profile.column(column.name()));
                (encoding instanceof IndexEncoding ? embedded : encodings).add(encoding);
            }
        }
        encodings.addAll(embedded);
        if (encodings.isEmpty()) {
            throw new TableException(
                    "every column but the target is ignored", "a column to predict from", "change the schema");
        }
        return new TableEncoding(encodings, new TargetFit(profile).fit(schema.target()), ignored);
    }

    private void requireColumn(String name) {
        if (!profile.table().columns().contains(name)) {
            throw new TableException(
                    profile.table().name() + " has no column " + TableException.quote(name),
                    "the columns of the schema",
                    "names are compared exactly");
        }
    }

    private ColumnEncoding encoding(Column column, ColumnProfile found) {
        if (column instanceof Column.Numeric number) {
            return new NumberEncoding(
                    number.name(), number.transform(), ScalingFit.of(number, found), number.decimalComma());
        } else if (column instanceof Column.Category category) {
            return CategoryFit.of(category, found);
        } else if (column instanceof Column.Ordered ordered) {
            return CategoryFit.of(ordered, profile);
        } else if (column instanceof Column.Text text) {
            return text.hashed()
                    ? new HashEncoding(text.name(), text.features())
                    : new WordsEncoding(text.name(), vocabulary(text, found));
        } else if (column instanceof Column.Date date) {
            return date(date, found);
        }
        throw new IllegalArgumentException(column + " has no encoding");
    }

    /** The most frequent words, those of equal frequency by the alphabet. */
    private static List<String> vocabulary(Column.Text column, ColumnProfile found) {
        Map<String, Integer> counts = new HashMap<>();
        found.cells().forEach(text -> Words.forEach(Cell.text(text), word -> counts.merge(word, 1, Integer::sum)));
        List<String> words = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(column.features())
                .map(Map.Entry::getKey)
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
        DateText dates = DateText.in(column.pattern());
        NumberSample days = new NumberSample();
        // what is no date is refused, with its line, when the table is encoded
        found.cells().forEach(cell -> dates.find(cell).ifPresent(date -> days.add(DateEncoding.days(date))));
        return new DateEncoding(
                column.name(),
                column.pattern(),
                column.time(),
                ScalingFit.of(column.name(), days, ScalingMethod.STANDARD, found.trainingMissing()));
    }
}
