package io.jacobi.nn.files.table;

/** Numbers as tables write them: digits with an optional sign, decimal point and exponent. */
final class NumberText {

    private NumberText() {}

    /** The number, or NaN if the text is none. Java's own forms, such as {@code 0x1p3} and {@code 1d}, are none. */
    static double parse(String text) {
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
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
