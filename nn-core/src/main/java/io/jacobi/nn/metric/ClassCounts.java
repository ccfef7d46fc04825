package io.jacobi.nn.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** For each class, or each label: how often it was predicted, how often it was right, and how often both. */
final class ClassCounts {

    private static final String RIGHT = "right ";
    private static final String PREDICTED = "predicted ";
    private static final String ACTUAL = "actual ";

    private final boolean classes;
    private long[] right = {};
    private long[] predicted = {};
    private long[] actual = {};

    /** Counts of classes, of which one is right for each example, or of labels. */
    ClassCounts(boolean classes) {
        this.classes = classes;
    }

    /** Makes room for this many classes. */
    void ensure(int size) {
        if (right.length < size) {
            right = Arrays.copyOf(right, size);
            predicted = Arrays.copyOf(predicted, size);
            actual = Arrays.copyOf(actual, size);
        }
    }

    void add(int c, boolean isPredicted, boolean isActual, long times) {
        right[c] += isPredicted && isActual ? times : 0;
        predicted[c] += isPredicted ? times : 0;
        actual[c] += isActual ? times : 0;
    }

    boolean isEmpty() {
        return right.length == 0;
    }

    double score(Score score, int c) {
        return score.of(right[c], predicted[c], actual[c]);
    }

    double average(Score score, Averaging averaging) {
        return switch (averaging) {
            case MACRO -> macro(score);
            case MICRO -> score.of(sum(right), sum(predicted), sum(actual));
            case WEIGHTED -> weighted(score);
        };
    }

    private double macro(Score score) {
        double sum = 0;
        int counted = 0;
        for (int c = 0; c < right.length; c++) {
            if (!classes || predicted[c] + actual[c] > 0) {
                sum += score(score, c);
                counted++;
            }
        }
        return sum / counted;
    }

    private double weighted(Score score) {
        double sum = 0;
        for (int c = 0; c < right.length; c++) {
            sum += score(score, c) * actual[c];
        }
        long all = sum(actual);
        return all == 0 ? 0 : sum / all;
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }

    /** The counts by name. */
    Map<String, Double> state() {
        Map<String, Double> state = new LinkedHashMap<>();
        for (int c = 0; c < right.length; c++) {
            state.put(RIGHT + c, (double) right[c]);
            state.put(PREDICTED + c, (double) predicted[c]);
            state.put(ACTUAL + c, (double) actual[c]);
        }
        return state;
    }

    void restore(Map<String, Double> state) {
        ensure(state.size() / 3);
        for (int c = 0; c < right.length; c++) {
            right[c] = state.getOrDefault(RIGHT + c, 0d).longValue();
            predicted[c] = state.getOrDefault(PREDICTED + c, 0d).longValue();
            actual[c] = state.getOrDefault(ACTUAL + c, 0d).longValue();
        }
    }
}
