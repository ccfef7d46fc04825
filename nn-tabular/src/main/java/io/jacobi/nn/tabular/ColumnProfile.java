package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.Cell;
import io.jacobi.nn.files.table.DateText;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumberTransform;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a column are: what its kind is guessed from, and what an encoding is fitted to. The kind is guessed
 * from all rows, the encoding is fitted to the training rows.
 */
final class ColumnProfile {

    /** A column of which this share is numbers is one of numbers, and its words are errors. */
    private static final double MOSTLY = 0.9;

    /** A column of numbers with more different ones is not one of categories, so they are not counted any more. */
    private static final int MAX_NUMBERS_COUNTED = 1000;

    /** Texts of more words than this on average are texts and not categories. */
    private static final double MAX_WORDS_OF_CATEGORY = 4;

    /** The most texts that are kept to fit words and dates to. */
    private static final int MAX_TEXTS = 20_000;

    private static final List<String> DATES = List.of(
            DateText.ISO,
            "dd.MM.uuuu",
            "d.M.uuuu",
            "dd/MM/uuuu",
            "MM/dd/uuuu",
            "uuuu/MM/dd",
            "dd.MM.uuuu HH:mm",
            "dd/MM/uuuu HH:mm",
            "MM/dd/uuuu HH:mm",
            "uuuu/MM/dd HH:mm:ss");

    private final String name;
    private final ValueCounts values = new ValueCounts();
    private final NumberSample numbers = new NumberSample();
    private final List<Object> texts = new ArrayList<>();
    private final List<String> dates = new ArrayList<>(DATES);
    private boolean counting = true;
    private long rows;
    private long present;
    private long pointNumbers;
    private long commaNumbers;
    private long words;
    private long trainingMissing;
    private boolean whole = true;
    private boolean labels = true;
    private boolean time;
    private boolean rising = true;
    private double last = Double.NaN;

    ColumnProfile(String name) {
        this.name = name;
    }

    void add(long index, @Nullable Object cell, boolean training) {
        rows++;
        if (cell == null || Cell.isMissing(cell)) {
            trainingMissing += training ? 1 : 0;
            return;
        }
        present++;
        String text = Cell.text(cell);
        labels = labels && LabelsTarget.isLabel(cell);
        boolean point = cell instanceof Number || cell instanceof Boolean || Cell.isNumber(text, false);
        boolean comma = !point && Cell.isNumber(text, true);
        if (point || comma) {
            pointNumbers += point ? 1 : 0;
            commaNumbers += comma ? 1 : 0;
            addNumber(cell, comma, training);
        } else {
            addText(cell, text, training);
        }
        if (counting) {
            values.add(index, text, training);
            counting = values.size() <= MAX_NUMBERS_COUNTED || !isNumeric();
        }
    }

    private void addNumber(Object cell, boolean comma, boolean training) {
        double value;
        try {
            value = Cell.number(name, cell, comma);
        } catch (IllegalArgumentException infinite) {
            // it is refused, with its line, when the table is encoded
            whole = false;
            return;
        }
        whole = whole && value == Math.rint(value);
        rising = rising && whole && (value == last + 1 || Double.isNaN(last));
        last = value;
        dates.clear();
        if (training) {
            numbers.add(value);
        }
    }

    private void addText(Object cell, String text, boolean training) {
        words += 1 + text.chars().filter(Character::isWhitespace).count();
        dates.removeIf(pattern -> cell instanceof Temporal
                ? !pattern.equals(DateText.ISO)
                : DateText.parse(text, pattern).isEmpty());
        time |= text.indexOf(':') >= 0;
        rising = false;
        whole = false;
        if (training && texts.size() < MAX_TEXTS) {
            texts.add(cell);
        }
    }

    String name() {
        return name;
    }

    long rows() {
        return rows;
    }

    ValueCounts values() {
        return values;
    }

    /** The numbers of the training rows, not yet transformed. */
    NumberSample numbers() {
        return numbers;
    }

    /** The first texts of the training rows that are not numbers. */
    List<Object> texts() {
        return texts;
    }

    /** Whether a training row has no value here. */
    boolean trainingMissing() {
        return trainingMissing > 0;
    }

    /** Whether all different values were counted. */
    boolean countedAll() {
        return counting && !values.isFull();
    }

    boolean isLabel() {
        return labels;
    }

    /** Whether the column is of numbers, so that anything else in it is an error. */
    boolean isNumeric() {
        long found = pointNumbers + commaNumbers;
        return found > 0 && found >= MOSTLY * present;
    }

    /** Whether the column has few different whole numbers. */
    boolean isFewWhole(int most) {
        return whole && countedAll() && values.size() <= Math.min(most, Math.max(2, rows / 5));
    }

    Column.Numeric number() {
        return new Column.Numeric(name, NumberTransform.IDENTITY, ScalingMethod.STANDARD, commaNumbers > 0);
    }

    /** The column as it seems to be. */
    Column column() {
        boolean full = present == rows;
        if (present == 0) {
            return new Column.Ignored(name, "no value");
        } else if (values.size() == 1 && full) {
            return new Column.Ignored(name, "one value only");
        } else if (isNumeric()) {
            return rising && rows > 2 && full ? new Column.Ignored(name, "counts the rows") : number();
        } else if (!dates.isEmpty()) {
            return new Column.Date(name, dates.get(0), time);
        } else if (words > MAX_WORDS_OF_CATEGORY * present && values.size() > present / 2) {
            return Column.text(name);
        } else if (values.size() == present && full && rows > 20) {
            return new Column.Ignored(name, "another value in each row");
        }
        return Column.category(name);
    }
}
