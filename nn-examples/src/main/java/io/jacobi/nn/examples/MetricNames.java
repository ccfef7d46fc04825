package io.jacobi.nn.examples;

import java.util.Locale;

/** The names and values of metrics as JSON and people read them. */
final class MetricNames {

    private MetricNames() {}

    /** Returns {@code top5Accuracy} for {@code top-5 accuracy}. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("[^\\p{L}\\p{N}]+", -1)) {
            boolean later = camel.length() > 0 && !word.isEmpty();
            camel.append(later ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
        }
        return camel.toString();
    }

    /** Returns the value with four digits after the point, or five digits in all if it is not near 1. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size >= 1e4 && size < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size == 0 || (size >= 0.1 && size < 10) ? "%.4f" : "%.5g", value);
    }
}
