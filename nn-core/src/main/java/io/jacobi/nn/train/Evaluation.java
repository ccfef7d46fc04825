package io.jacobi.nn.train;

import java.util.Map;

/**
 * How good a model is on a data set.
 *
 * @param loss the mean loss over all examples
 * @param metrics the value of each metric, by name, in the order asked for
 */
public record Evaluation(double loss, Map<String, Double> metrics) {

    /**
     * The value of one metric.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no metric \"" + name + "\"; there are " + metrics.keySet());
        }
        return value;
    }
}
