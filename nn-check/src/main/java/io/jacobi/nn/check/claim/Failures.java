package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What several looks at one claim saw: one sentence, empty if none saw anything. */
public final class Failures {

    private Failures() {}

    /** Those that are not empty, separated by semicolons. */
    public static String join(String... failures) {
        return join(List.of(failures));
    }

    /** The same. */
    public static String join(List<String> failures) {
        return failures.stream().filter(failure -> !failure.isEmpty()).collect(Collectors.joining("; "));
    }

    /** The first element that differs by more than {@code tolerance}, relative to the largest expected. */
    public static String firstDifference(String name, double[] expected, double[] actual, double tolerance) {
        return firstBeyond(name, expected, actual, tolerance * Comparison.largest(expected));
    }

    /** Says whether two numbers differ by more than {@code tolerance}, relative to the expected one. */
    public static String firstDifference(String name, double expected, double actual, double tolerance) {
        return firstDifference(name, new double[] {expected}, new double[] {actual}, tolerance);
    }

    /** The first element that differs by more than {@code limit}. */
    public static String firstBeyond(String name, double[] expected, double[] actual, double limit) {
        for (int i = 0; i < expected.length; i++) {
            // written so that NaN differs
            if (!(Math.abs(expected[i] - actual[i]) <= limit)) {
                return String.format(Locale.ROOT, "%s[%d] is %.10g, expected %.10g", name, i, actual[i], expected[i]);
            }
        }
        return "";
    }
}
