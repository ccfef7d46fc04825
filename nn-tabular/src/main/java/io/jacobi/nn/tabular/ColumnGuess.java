package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.DateText;
import io.jacobi.nn.files.table.LabelsTarget;
import io.jacobi.nn.files.table.NumberTransform;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What kind of column it is, guessed from the cells of all rows. */
final class ColumnGuess {

    /** A column of which this share is numbers is one of numbers, and its words are errors. */
    private static final double MOSTLY = 0.9;

    /** Texts of more words than this on average are texts and not categories. */
    private static final double MAX_WORDS_OF_CATEGORY = 4;

    private static final List<DateText> DATES = Stream.of(
                    DateText.ISO,
                    "dd.MM.uuuu",
                    "d.M.uuuu",
                    "dd/MM/uuuu",
                    "MM/dd/uuuu",
                    "uuuu/MM/dd",
                    "dd.MM.uuuu HH:mm",
                    "dd/MM/uuuu HH:mm",
                    "MM/dd/uuuu HH:mm",
                    "uuuu/MM/dd HH:mm:ss")
            .map(DateText::in)
            .toList();

    private final String name;
    private final List<DateText> dates = new ArrayList<>(DATES);
    private long rows;
    private long present;
    private long numbers;
    private long words;
    private boolean comma;
    private boolean point;
    private boolean whole = true;
    private boolean labels = true;
    private boolean time;
    private boolean rising = true;
    private double last = Double.NaN;

    ColumnGuess(String name) {
        this.name = name;
    }

    void addMissing() {
        rows++;
    }

    void addNumber(Object cell, String text, double value) {
        add(cell);
        numbers++;
        dates.clear();
        point |= text.indexOf('.') >= 0;
        whole = whole && value == Math.rint(value) && !Double.isInfinite(value);
        rising = rising && whole && (value == last + 1 || Double.isNaN(last));
        last = value;
    }

    /** Adds a number with a comma. In {@code 1,234} it may separate thousands, so it does not decide what commas are. */
    void addWithComma(Object cell, boolean thousands) {
        add(cell);
        numbers++;
        dates.clear();
        comma |= !thousands;
        whole = false;
        rising = false;
    }

    void addText(Object cell, String text) {
        add(cell);
        words += 1 + countSpaces(text);
        if (!dates.isEmpty()) {
            dates.removeIf(date -> cell instanceof Temporal
                    ? !date.pattern().equals(DateText.ISO)
                    : date.parse(text).isEmpty());
            time |= text.indexOf(':') >= 0;
        }
        rising = false;
        whole = false;
    }

    private void add(Object cell) {
        rows++;
        present++;
        labels = labels && LabelsTarget.isLabel(cell);
    }

    private static int countSpaces(String text) {
        int spaces = 0;
        for (int i = 0; i < text.length(); i++) {
            spaces += Character.isWhitespace(text.charAt(i)) ? 1 : 0;
        }
        return spaces;
    }

    /** Whether each cell is yes or no, in one of the usual spellings. */
    boolean isLabel() {
        return labels;
    }

    /** Whether the column is of numbers, so that anything else in it is an error. */
    boolean isNumeric() {
        return numbers > 0 && numbers >= MOSTLY * present;
    }

    /** Whether the column has few different whole numbers. */
    boolean isFewWhole(ValueCounts values, int most) {
        return whole && !values.isFull() && values.size() <= Math.min(most, Math.max(2, rows / 5));
    }

    /** A column of numbers; with a decimal comma if a comma cannot be anything else, and no number has a point. */
    Column.Numeric number() {
        return new Column.Numeric(name, NumberTransform.IDENTITY, ScalingMethod.STANDARD, comma && !point);
    }

    /** The column as it seems to be, with these different values. */
    Column column(ValueCounts values) {
        boolean full = present == rows;
        if (present == 0) {
            return new Column.Ignored(name, "no value");
        } else if (values.size() == 1 && full) {
            return new Column.Ignored(name, "one value only");
        } else if (isNumeric()) {
            return rising && rows > 2 && full ? new Column.Ignored(name, "counts the rows") : number();
        } else if (!dates.isEmpty()) {
            return new Column.Date(name, dates.get(0).pattern(), time);
        } else if (words > MAX_WORDS_OF_CATEGORY * present && (values.isFull() || values.size() > present / 2)) {
            return Column.text(name);
        } else if (values.isFull()) {
            return new Column.Ignored(name, "more than " + values.size() + " different values");
        } else if (values.size() == present && full && rows > 20) {
            return new Column.Ignored(name, "another value in each row");
        }
        return Column.category(name);
    }
}
