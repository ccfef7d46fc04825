package io.jacobi.nn.examples;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.train.History;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training has made.
 *
 * @param file the model with all that is stored with it
 * @param set what the examples of the report are called: test, validation, or training if none were held out
 * @param report how good the answers for them are
 * @param loss the loss of the model for them
 */
record Trained(ModelFile file, History history, String set, Report report, double loss, int batch, int threads) {

    Trained with(ModelFile other) {
        return new Trained(other, history, set, report, loss, batch, threads);
    }

    /** The metrics under the names that JSON has, such as {@code testAccuracy}. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        report.metrics().forEach((name, value) -> metrics.put(MetricNames.camelCase(set + " " + name), value));
        metrics.put(MetricNames.camelCase(set + " loss"), loss);
        return metrics;
    }
}
