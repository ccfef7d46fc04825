package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.IndexEncoding;
import io.jacobi.nn.files.table.OneHotEncoding;
import io.jacobi.nn.files.table.OrdinalEncoding;
import io.jacobi.nn.files.table.TableException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Fits the encodings of categories to the training rows. */
final class CategoryFit {

    /** The most categories that an embedding has rows for: the most frequent. */
    static final int MAX_EMBEDDED = 10_000;

    private CategoryFit() {}

    /**
     * One-hot features for a few categories, or the index of an embedding for many. A category that no training row has
     * is unknown: no weight would be trained for it.
     */
    static ColumnEncoding of(Column.Category column, ColumnProfile found) {
        requireCounted(column.name(), found);
        Map<String, ValueCounts.Count> counts = found.values().counts();
        List<String> trained = found.values().sorted().stream()
                .filter(text -> counts.get(text).training() > 0)
                .toList();
        List<String> kept = trained.stream()
                .filter(text -> counts.get(text).training() >= column.minCount())
                .toList();
        if (kept.size() <= column.maxOneHot()) {
            boolean pooled = kept.size() < trained.size();
            return new OneHotEncoding(column.name(), kept, found.trainingMissing(), pooled);
        }
        List<String> frequent = kept.stream()
                .sorted(Comparator.comparingLong(
                        (String text) -> -counts.get(text).training()))
                .limit(MAX_EMBEDDED)
                .toList();
        return new IndexEncoding(column.name(), frequent);
    }

    /** The position in the order, standardized. */
    static ColumnEncoding of(Column.Ordered column, TableProfile profile) {
        ColumnProfile found = profile.column(column.name());
        requireCounted(column.name(), found);
        NumberSample positions = new NumberSample();
        List<String> order = column.order();
        found.values().counts().forEach((text, count) -> {
            int position = order.indexOf(text);
            if (position < 0) {
                TableException unknown = new TableException(
                        "column " + TableException.quote(column.name()) + ": " + TableException.quote(text)
                                + " is not in its order",
                        "one of " + TableException.list(order),
                        "add it to the order, or correct the row");
                throw RowPlace.in(profile.table(), count.first(), unknown);
            }
            for (long i = 0; i < count.training(); i++) {
                positions.add(position);
            }
        });
        return new OrdinalEncoding(
                column.name(),
                order,
                ScalingFit.of(column.name(), positions, ScalingMethod.STANDARD, found.trainingMissing()));
    }

    /**
     * Checks that all different values of a column are known.
     *
     * @throws TableException if there are too many
     */
    static void requireCounted(String column, ColumnProfile found) {
        if (found.values().isFull()) {
            throw new TableException(
                    "the column " + TableException.quote(column) + " has more than "
                            + found.values().size() + " different values",
                    "fewer, to be categories",
                    "declare it as a number, as text, or as ignored");
        }
    }
}
