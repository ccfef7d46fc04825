package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loss and metrics of a model on a data set, predicting. */
public final class Evaluator {

    /** Rows that are computed at once. */
    private static final int BATCH = 256;

    private Evaluator() {}

    /**
     * Evaluates the model on every example of {@code data}. The loss is weighed as in training, metrics are not.
     *
     * @throws io.jacobi.nn.ShapeException if the data set does not fit the model, the loss or a metric
     * @throws IllegalArgumentException if the loss would misread the model's output, or two metrics have one name
     */
    public static Evaluation evaluate(Sequential model, Loss loss, Dataset data, List<Metric> metrics) {
        Compatibility.check(model, loss, data, metrics);
        int capacity = Math.min(BATCH, data.size());
        Map<String, Metric.Accumulator> counts = new LinkedHashMap<>();
        metrics.forEach(metric -> counts.put(metric.name(), metric.start()));
        double sum = 0;
        double weight = 0;
        try (Workspace whole = Workspace.forInference(model, capacity);
                BatchLoss batchLoss = new BatchLoss(model, loss, data.target(), capacity);
                RowBuffer gradients = new RowBuffer(model.dataType(), model.outputShape(), capacity)) {
            for (Batch batch : Batches.inOrder(data, capacity).epoch(0)) {
                Workspace w = whole.narrow(batch.size());
                batchLoss.read(batch, 0, w);
                w.predict();
                double mean = batchLoss.valueAndGradient(w, gradients.rows(batch.size()));
                double part = batchLoss.divisor(w);
                sum += mean * part;
                weight += part;
                counts.values().forEach(count -> count.add(w.output(), batchLoss.target(), w.scratch()));
            }
        }
        return new Evaluation(sum / BatchLoss.requirePositive(weight, "the data set"), values(counts));
    }

    static Map<String, Double> values(Map<String, Metric.Accumulator> counts) {
        Map<String, Double> values = new LinkedHashMap<>();
        counts.forEach((name, count) -> values.put(name, count.value()));
        return values;
    }
}
