package io.jacobi.nn.files.table;

import java.util.Locale;
import java.util.function.Consumer;

/** The words of a text: runs of letters and digits, in lower case. */
public final class Words {

    private Words() {}

    /** Calls {@code word} for each word of the text, in order. */
    public static void forEach(String text, Consumer<String> word) {
        int start = -1;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : -1;
            boolean inside = c >= 0 && Character.isLetterOrDigit(c);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                word.accept(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
            i += c < 0 ? 1 : Character.charCount(c);
        }
    }

    /**
     * Turns counts of words into weights: 1 + log(count), divided by the root of the sum of their squares, so that a
     * long text does not count more than a short one. A text without words stays all zeros.
     */
    static void normalize(float[] counts, int from, int n) {
        double squares = 0;
        for (int i = from; i < from + n; i++) {
            double weight = counts[i] > 0 ? 1 + StrictMath.log(counts[i]) : 0;
            counts[i] = (float) weight;
            squares += weight * weight;
        }
        if (squares > 0) {
            float inverse = (float) (1 / Math.sqrt(squares));
            for (int i = from; i < from + n; i++) {
                counts[i] *= inverse;
            }
        }
    }
}
