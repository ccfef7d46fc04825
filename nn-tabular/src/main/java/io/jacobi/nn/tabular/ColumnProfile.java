package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a column are: what an encoding is fitted to, which are those of the training rows, and a
 * {@link ColumnGuess} from all rows. A column whose kind is known keeps only what that kind needs.
 */
final class ColumnProfile {

    /** A column of numbers with more different ones is not one of categories, so they are not counted any more. */
    private static final int MAX_NUMBERS_COUNTED = 1000;

    private final String name;
    private final boolean ignored;
    private final boolean sampled;
    private final boolean counted;
    private final ColumnGuess guess;
    private final ValueCounts values = new ValueCounts();
    private final NumberSample numbers = new NumberSample();
    private final CellSample cells = new CellSample();
    private boolean trainingMissing;

    /**
     * Starts without cells.
     *
     * @param declared what the column is, if that is known
     */
    ColumnProfile(String name, Optional<Column> declared) {
        this.name = name;
        this.ignored = declared.filter(Column.Ignored.class::isInstance).isPresent();
        this.sampled = declared.filter(column -> column instanceof Column.Text || column instanceof Column.Date)
                .isPresent();
        this.counted = declared.filter(column -> column instanceof Column.Category || column instanceof Column.Ordered)
                .isPresent();
        this.guess = new ColumnGuess(name);
    }

    void add(long index, @Nullable Object cell, boolean training) {
        if (ignored) {
            return;
        } else if (cell == null || Cell.isMissing(cell)) {
            guess.addMissing();
            trainingMissing |= training;
            return;
        }
        String text = Cell.text(cell);
        double value = Cell.parse(cell, false);
        boolean comma = Double.isNaN(value) && text.indexOf(',') >= 0;
        boolean thousands = comma && Cell.hasThousands(text);
        if (comma) {
            value = Cell.parse(cell, true);
        }
        if (Double.isNaN(value) && !thousands) {
            guess.addText(cell, text);
        } else if (comma) {
            guess.addWithComma(cell, thousands);
        } else {
            guess.addNumber(cell, text, value);
        }
        // an infinite number is refused, with its line, when the table is encoded
        if (training && Double.isFinite(value)) {
            numbers.add(value);
        }
        if (training && (sampled || Double.isNaN(value))) {
            cells.add(cell);
        }
        count(index, text, training);
    }

    private void count(long index, String text, boolean training) {
        values.add(index, text, training);
        if (values.size() > MAX_NUMBERS_COUNTED && !counted && guess.isNumeric() && !values.isFull()) {
            values.stop();
        }
    }

    String name() {
        return name;
    }

    ColumnGuess guess() {
        return guess;
    }

    ValueCounts values() {
        return values;
    }

    /** The numbers of the training rows, not yet transformed. */
    NumberSample numbers() {
        return numbers;
    }

    /** Cells of the training rows that are not numbers; of a column of texts or dates, all kinds of cells. */
    List<Object> cells() {
        return cells.cells();
    }

    /** Whether a training row has no value here. */
    boolean trainingMissing() {
        return trainingMissing;
    }

    /** The column as it seems to be. */
    Column column() {
        return guess.column(values);
    }
}
