package io.jacobi.nn.train;

import java.util.Map;

/**
 * The loss and the metrics of a model on a data set.
 *
 * @param loss the mean loss over all examples
 * @param metrics the value of each metric by name, in the order in which the metrics were given
 */
public record Evaluation(double loss, Map<String, Double> metrics) {

    /**
     * Returns the value of one metric.
     *
     * @throws IllegalArgumentException if there is no metric of this name
     */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no metric \"" + name + "\"; there are " + metrics.keySet());
        }
        return value;
    }
}
