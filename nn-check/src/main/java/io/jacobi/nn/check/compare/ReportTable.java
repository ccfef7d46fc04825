package io.jacobi.nn.check.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Comparisons as rows of text below a line of titles, in columns as wide as their contents. */
public final class ReportTable {

    private static final List<String> TITLES = List.of(
            "      tensor",
            "oracle",
            "shape",
            "compared",
            "skip",
            "absolute",
            "relative",
            "where",
            "analytic",
            "expected",
            "h");

    /** Words are aligned to the left of their column, numbers to the right. */
    private static final List<Boolean> TO_THE_LEFT =
            List.of(true, true, true, true, false, false, false, true, false, false, false);

    private static final String MARGIN = "    ";

    private final int[] widths;

    private ReportTable(int[] widths) {
        this.widths = widths;
    }

    /** Returns a table with room for all of these. */
    public static ReportTable of(Collection<TensorResult> tensors) {
        int[] widths = new int[TITLES.size()];
        Stream.concat(Stream.of(TITLES), tensors.stream().map(ReportTable::cells))
                .forEach(row -> Arrays.setAll(
                        widths, i -> Math.max(widths[i], row.get(i).length())));
        return new ReportTable(widths);
    }

    public String titles() {
        return row(TITLES);
    }

    /** Returns a row, and the verdict below it if there is one. */
    public List<String> rows(TensorResult tensor) {
        List<String> rows = new ArrayList<>(List.of(row(cells(tensor))));
        if (tensor.tooManySkipped()) {
            rows.add(remark("more than 5 % lie on kinks: too many to judge the layer by the rest"));
        }
        if (!tensor.verdict().isEmpty()) {
            rows.add(remark(tensor.verdict()));
        }
        return rows;
    }

    private static String remark(String text) {
        return MARGIN + "      " + text;
    }

    private String row(List<String> cells) {
        return MARGIN
                + IntStream.range(0, widths.length)
                        .mapToObj(i -> pad(cells.get(i), widths[i], TO_THE_LEFT.get(i)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing();
    }

    private static String pad(String text, int width, boolean toTheLeft) {
        String blank = " ".repeat(width - text.length());
        return toTheLeft ? text + blank : blank + text;
    }

    private static List<String> cells(TensorResult t) {
        TensorResult.Worst worst = t.worst();
        return List.of(
                (t.passes() ? "ok    " : "WRONG ") + t.tensor(),
                title(t.oracle()),
                t.shape().toString(),
                t.compared(),
                Integer.toString(t.skipped()),
                format("%.1e", t.absolute()),
                format("%.1e", worst.relative()),
                t.where(),
                format("%.8g", worst.analytic()),
                format("%.8g", worst.expected()),
                Double.isNaN(worst.step()) ? "" : format("%.0e", worst.step()));
    }

    private static String title(Oracle oracle) {
        return switch (oracle) {
            case DIFFERENCES -> "central";
            case FIVE_POINT -> "5-point";
            case SCALARS -> "scalars";
            case DUALS -> "duals";
            case RECORDED -> "recorded";
        };
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
