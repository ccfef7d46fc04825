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

/** Evaluates the loss and the metrics of a model on a data set. */
public final class Evaluator {

    /** The number of examples in a batch. */
    private static final int BATCH = 256;

    private Evaluator() {}

    /**
     * Evaluates the model, as it predicts, on every example of {@code data} that counts. As in training, examples of
     * weight 0 and of a class that the loss ignores are left out. The weights of the others count in the loss, and not
     * in the metrics.
     *
     * @throws io.jacobi.nn.ShapeException if the data set does not fit the model, the loss or a metric
     * @throws IllegalArgumentException if the loss would misread the model's output, if two metrics have one name, or
     *     if no example counts
     * @throws io.jacobi.nn.loss.ExampleException if a target is impossible; the message names the row of the data set
     */
    public static Evaluation evaluate(Sequential model, Loss loss, Dataset data, List<Metric> metrics) {
        Compatibility.check(model, loss, data, metrics);
        return evaluate(model, loss, data, metrics, "the data set");
    }

    /** Evaluates on a data set that has been checked, and has this name in messages. */
    static Evaluation evaluate(Sequential model, Loss loss, Dataset data, List<Metric> metrics, String name) {
        int capacity = Math.min(BATCH, data.size());
        Map<String, Metric.Accumulator> counts = new LinkedHashMap<>();
        metrics.forEach(metric -> counts.put(metric.name(), metric.start()));
        double sum = 0;
        double divisor = 0;
        try (Workspace whole = Workspace.forInference(model, capacity);
                BatchLoss batchLoss = new BatchLoss(model, loss, data.target(), capacity, name);
                CountedRows counted = new CountedRows(loss, model.dataType());
                RowBuffer gradients = new RowBuffer(model.dataType(), model.outputShape(), capacity)) {
            Batches batches = Batches.inOrder(data, capacity).only(counted.of(data));
            for (Batch batch : batches.epoch(0)) {
                Workspace w = whole.narrow(batch.size());
                batchLoss.read(batch, 0, w);
                w.predict();
                double mean = batchLoss.valueAndGradient(w, gradients.rows(batch.size()));
                double batchDivisor = batchLoss.divisor(w);
                sum += mean * batchDivisor;
                divisor += batchDivisor;
                counts.values().forEach(count -> batchLoss.measure(w, count));
            }
        }
        return new Evaluation(sum / BatchLoss.requirePositive(divisor, name), values(counts));
    }

    static Map<String, Double> values(Map<String, Metric.Accumulator> counts) {
        Map<String, Double> values = new LinkedHashMap<>();
        counts.forEach((name, count) -> values.put(name, count.value()));
        return values;
    }
}
