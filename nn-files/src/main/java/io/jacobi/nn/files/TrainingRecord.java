package io.jacobi.nn.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model was trained: what its file tells about where it comes from.
 *
 * @param dataSet what it was trained on, such as {@code MNIST}
 * @param epochs how often it saw each example
 * @param seed what the order of the examples was drawn from
 * @param metrics what it reached, by name
 */
public record TrainingRecord(String dataSet, int epochs, long seed, Map<String, Double> metrics) {

    public TrainingRecord {
        if (epochs < 0) {
            throw new IllegalArgumentException("A training of " + epochs + " epochs\n  expected 0 or more");
        }
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
