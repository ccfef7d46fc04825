package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.files.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mean loss and the metrics of an epoch, as far as it has come. */
final class EpochSums {

    private static final double NANOS = 1e9;

    private final Map<String, Metric.Accumulator> counts = new LinkedHashMap<>();
    private double loss;
    private double weight;
    private long examples;
    private long nanos;

    EpochSums(List<Metric> metrics) {
        metrics.forEach(metric -> counts.put(metric.name(), metric.start()));
    }

    /** Adds a batch whose predictions are still in {@code parts}. */
    void add(Batch batch, double meanLoss, Shards parts) {
        counts.values().forEach(parts::measure);
        double batchWeight = parts.weight();
        loss += meanLoss * batchWeight;
        weight += batchWeight;
        examples += batch.size();
    }

    void addTime(long more) {
        nanos += more;
    }

    EpochResult result(int epoch, Optional<Evaluation> validation) {
        Evaluation training = new Evaluation(loss / weight, Evaluator.values(counts));
        return new EpochResult(epoch, training, validation, nanos / NANOS, examples);
    }

    /** What the metrics have counted. */
    void addTo(ResumableStates states) {
        counts.forEach((name, count) -> states.add("metric " + name, count));
    }

    RunRecord.Sums record() {
        return new RunRecord.Sums(loss, weight, examples, nanos);
    }

    void restore(RunRecord.Sums sums) {
        loss = sums.loss();
        weight = sums.weight();
        examples = sums.examples();
        nanos = sums.nanos();
    }
}
