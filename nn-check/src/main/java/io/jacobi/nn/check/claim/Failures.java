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

    /** Describes the first element that differs by more than {@code limit}, or is NaN; empty if there is none. */
    public static String firstBeyond(String name, double[] expected, double[] actual, double limit) {
        for (int i = 0; i < expected.length; i++) {
            // equal infinities have no difference; written so that NaN differs
            if (expected[i] != actual[i] && !(Math.abs(expected[i] - actual[i]) <= limit)) {
                return name + "[" + i + "] is " + difference(expected[i], actual[i]);
            }
        }
        return "";
    }

    private static String difference(double expected, double actual) {
        if (Double.isNaN(expected) && Double.isNaN(actual)) {
            return "NaN, and so is what it is compared with";
        }
        String one = String.format(Locale.ROOT, "%.10g", actual);
        String other = String.format(Locale.ROOT, "%.10g", expected);
        // numbers that differ in later digits only are written with all of them
        return one.equals(other) ? actual + ", expected " + expected : one + ", expected " + other;
    }
}
