package io.jacobi.nn.check.claim;

import io.jacobi.nn.check.compare.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Descriptions of what was observed instead of what was claimed; empty if the claim holds. */
public final class Failures {

    private Failures() {}

    /** Joins the failures that are not empty with semicolons. */
    public static String join(String... failures) {
        return join(List.of(failures));
    }

    /** Joins the failures that are not empty with semicolons. */
    public static String join(List<String> failures) {
        return failures.stream().filter(failure -> !failure.isEmpty()).collect(Collectors.joining("; "));
    }

    /**
     * Describes the first element that differs by more than {@code tolerance}, relative to the largest expected
     * element; empty if none does.
     */
    public static String firstDifference(String name, double[] expected, double[] actual, double tolerance) {
        return firstBeyond(name, expected, actual, tolerance * Comparison.largest(expected));
    }

    /**
     * Describes two numbers that differ by more than {@code tolerance}, relative to the expected number; empty if they
     * do not.
     */
    public static String firstDifference(String name, double expected, double actual, double tolerance) {
        return firstDifference(name, new double[] {expected}, new double[] {actual}, tolerance);
    }

    /** Describes the first element that differs by more than {@code limit}; empty if none does. */
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
