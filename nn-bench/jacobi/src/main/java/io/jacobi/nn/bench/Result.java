package io.jacobi.nn.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One row of a table: a measured value for each round.
 *
 * @param table what was measured, such as {@code W1 training, 1 thread}
 * @param name the framework, or {@code this machine}
 * @param unit the unit of the values
 * @param values one per round
 * @param remark a remark to print after the values, such as the accuracy reached
 */
record Result(String table, String name, String unit, List<Double> values, String remark) {

    Result {
        values = List.copyOf(values);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return Stream.of(sorted.get((n - 1) / 2), sorted.get(n / 2))
                .mapToDouble(v -> v)
                .average()
                .orElse(Double.NaN);
    }

    double least() {
        return values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
    }

    double greatest() {
        return values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
    }

    /**
     * Returns the median, over the rounds, of this value divided by the other's, or of the inverse where less is
     * better.
     */
    double ratio(Result other, boolean lessIsBetter) {
        int rounds = Math.min(values.size(), other.values.size());
        List<Double> ratios = IntStream.range(0, rounds)
                .mapToObj(i -> lessIsBetter ? other.values.get(i) / values.get(i) : values.get(i) / other.values.get(i))
                .toList();
        return new Result(table, name, "", ratios, "").median();
    }
}
