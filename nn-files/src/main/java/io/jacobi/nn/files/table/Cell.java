package io.jacobi.nn.files.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of a table means. A cell is null, a {@link Number}, a {@link Boolean}, or any other object by its text,
 * which is stripped of white space at both ends.
 */
public final class Cell {

    /** The spellings of a missing value that pandas reads as missing by default, in lower case, and "?" of UCI's files. */
    private static final Set<String> MISSING = Set.of(
            "",
            "#n/a",
            "#n/a n/a",
            "#na",
            "-1.#ind",
            "-1.#qnan",
            "-nan",
            "1.#ind",
            "1.#qnan",
            "<na>",
            "n/a",
            "na",
            "null",
            "nan",
            "+nan",
            "none",
            "?");

    private static final Set<String> INFINITE =
            Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞", "1.#inf", "-1.#inf");

    private static final String INFINITE_ENDS = "fFyY∞";

    /** Below 2^53 each whole number is a double. */
    private static final double MAX_WHOLE = 1L << 53;

    private static final int LONGEST_MISSING =
            MISSING.stream().mapToInt(String::length).max().orElseThrow();

    private Cell() {}

    /** Whether the cell has no value: null, NaN, or one of the usual spellings, such as {@code NA} or an empty text. */
    public static boolean isMissing(@Nullable Object cell) {
        if (cell == null) {
            return true;
        } else if (cell instanceof Number number) {
            return Double.isNaN(number.doubleValue());
        }
        String text = text(cell);
        // no spelling ends with a digit, as most numbers do
        return text.length() <= LONGEST_MISSING
                && (text.isEmpty() || !NumberText.isDigit(text.charAt(text.length() - 1)))
                && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** The text of a cell that is not missing. */
    public static String text(Object cell) {
        return cell.toString().strip();
    }

    /**
     * The texts under which a category may be known, the most exact first: a number 1.0 is also {@code 1}, and true is
     * also {@code True}, as Python writes it. A text 1.0 is also {@code 1}, because a column of whole numbers with a
     * missing one is often written as {@code 1.0}.
     */
    static List<String> spellings(Object cell) {
        String text = text(cell);
        if (cell instanceof Boolean bool) {
            return bool ? List.of("true", "True", "TRUE", "1") : List.of("false", "False", "FALSE", "0");
        }
        double value = cell instanceof Number number ? number.doubleValue() : NumberText.parse(text);
        if (value == Math.rint(value) && Math.abs(value) < MAX_WHOLE) {
            String whole = Long.toString((long) value);
            return List.of(text, whole, whole + ".0");
        }
        return List.of(text);
    }

    /**
     * The number in a cell that is not missing; true is 1 and false is 0.
     *
     * @param decimalComma whether texts are written with a decimal comma, as {@code 3,14}
     * @throws TableException if the cell is no finite number
     */
    public static double number(String column, Object cell, boolean decimalComma) {
        double value = parse(cell, decimalComma);
        if (Double.isInfinite(value)) {
            throw infinite(column, text(cell));
        } else if (Double.isNaN(value)) {
            throw notANumber(column, text(cell), decimalComma);
        }
        return value;
    }

    /**
     * The number in a cell that is not missing, which may be infinite; NaN if the cell is no number.
     *
     * @param decimalComma whether texts are written with a decimal comma, as {@code 3,14}
     */
    public static double parse(Object cell, boolean decimalComma) {
        if (cell instanceof Number number) {
            return number.doubleValue();
        } else if (cell instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        String text = text(cell);
        double value = NumberText.parse(decimalComma ? text.replace(',', '.') : text);
        if (Double.isNaN(value) && isInfinite(text)) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return value;
    }

    private static boolean isInfinite(String text) {
        // a look at the last character spares most categories the rest
        return !text.isEmpty()
                && INFINITE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0
                && INFINITE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a text that is not missing is a number, which may be infinite. */
    public static boolean isNumber(String text, boolean decimalComma) {
        return !Double.isNaN(parse(text, decimalComma));
    }

    /** Whether a text is a number whose commas can separate thousands, as in {@code 1,234} and {@code -1,234,567.8}. */
    public static boolean hasThousands(String text) {
        return NumberText.hasThousands(text.strip());
    }

    private static TableException notANumber(String column, String text, boolean decimalComma) {
        String problem = TableException.quote(text) + " is not a number";
        if (!decimalComma && hasThousands(text)) {
            return TableException.inColumn(
                    column,
                    problem,
                    "a number without commas; it may be " + text.replace(",", "")
                            + (isNumber(text, true) ? " or " + text.replace(',', '.') : ""),
                    "remove the commas, or train with decimal commas");
        } else if (!decimalComma && isNumber(text, true)) {
            return TableException.inColumn(
                    column,
                    problem,
                    "a decimal point, not a comma",
                    "write " + text.replace(',', '.') + ", or train with decimal commas");
        }
        return TableException.inColumn(
                column,
                problem,
                "a number such as 41 or -2.5e3, or an empty cell",
                "correct the cell, leave it empty if the value is missing, or declare the column as categorical");
    }

    private static TableException infinite(String column, String text) {
        return TableException.inColumn(
                column,
                TableException.quote(text) + " is infinite",
                "a finite number, or an empty cell",
                "leave the cell empty if the value is missing, or replace it with the largest sensible number");
    }
}
