package io.jacobi.nn.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model was trained, for the readers of its file.
 *
 * @param dataSet the name of the data set, such as {@code MNIST}
 * @param epochs the number of epochs
 * @param seed the seed of the order of the examples
 * @param metrics the results, by name
 */
public record TrainingRecord(String dataSet, int epochs, long seed, Map<String, Double> metrics) {

    public TrainingRecord {
        if (epochs < 0) {
            throw new IllegalArgumentException("A training of " + epochs + " epochs\n  expected 0 or more");
        }
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
