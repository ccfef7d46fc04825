package io.jacobi.nn.metric;

import java.util.Arrays;
import java.util.List;

/** A confusion matrix as text, its columns as wide as they need to be. */
final class ConfusionTable {

    private static final String CORNER = "actual \\ predicted";

    private ConfusionTable() {}

    static String of(List<String> labels, long[][] counts) {
        int first = Math.max(
                CORNER.length(), labels.stream().mapToInt(String::length).max().orElse(0));
        int[] widths = new int[counts.length];
        for (int c = 0; c < counts.length; c++) {
            int column = c;
            long largest =
                    Arrays.stream(counts).mapToLong(row -> row[column]).max().orElse(0);
            widths[c] = Math.max(labels.get(c).length(), Long.toString(largest).length());
        }
        StringBuilder text = new StringBuilder(CORNER).append(" ".repeat(first - CORNER.length()));
        for (int c = 0; c < widths.length; c++) {
            right(text, labels.get(c), widths[c]);
        }
        for (int r = 0; r < counts.length; r++) {
            String label = labels.get(r);
            text.append('\n').append(label).append(" ".repeat(first - label.length()));
            for (int c = 0; c < widths.length; c++) {
                right(text, Long.toString(counts[r][c]), widths[c]);
            }
        }
        return text.toString();
    }

    private static void right(StringBuilder text, String cell, int width) {
        text.append(" ".repeat(2 + width - cell.length())).append(cell);
    }
}
