package io.jacobi.nn.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How good answers are: the metrics that fit what is predicted. {@link RunningReport} makes one.
 *
 * @param examples the number of examples that were judged
 * @param metrics the value of each metric by name, in the order in which they are printed
 * @param confusion how often each class was predicted for each, if one of several classes is predicted
 */
public record Report(long examples, Map<String, Double> metrics, Optional<ConfusionMatrix> confusion) {

    public Report {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Returns the value of one metric.
     *
     * @throws IllegalArgumentException if there is no metric of this name
     */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "There is no metric \"" + name + "\"\n  expected one of " + String.join(", ", metrics.keySet()));
        }
        return value;
    }

    /** Five digits without an exponent: more digits of a metric are noise. */
    private static String text(double value) {
        boolean large = Math.abs(value) >= 1e4 && Math.abs(value) < 1e15;
        return String.format(Locale.ROOT, large ? "%.0f" : "%.5g", value);
    }

    /** A line for each metric, and then the confusion matrix. */
    @Override
    public String toString() {
        int width = metrics.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        metrics.forEach((name, value) -> text.append(name)
                .append(" ".repeat(2 + width - name.length()))
                .append(text(value))
                .append('\n'));
        confusion.ifPresent(matrix -> text.append('\n').append(matrix).append('\n'));
        return text.toString();
    }
}
