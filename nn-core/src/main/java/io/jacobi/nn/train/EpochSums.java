package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.files.RunState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sums from which the mean loss and the metrics of an epoch are computed. */
final class EpochSums {

    private static final double NANOS = 1e9;

    private final Map<String, Metric.Accumulator> counts = new LinkedHashMap<>();
    private double loss;
    private double divisor;
    private long examples;
    private long nanos;

    EpochSums(List<Metric> metrics) {
        metrics.forEach(metric -> counts.put(metric.name(), metric.start()));
    }

    /** Adds a batch whose predictions are still in {@code parts}. */
    void add(Batch batch, double meanLoss, Shards parts) {
        counts.values().forEach(parts::measure);
        double batchDivisor = parts.divisor();
        loss += meanLoss * batchDivisor;
        divisor += batchDivisor;
        examples += batch.size();
    }

    void addTime(long more) {
        nanos += more;
    }

    EpochResult result(int epoch, Optional<Evaluation> validation) {
        Evaluation training =
                new Evaluation(loss / BatchLoss.requirePositive(divisor, "the epoch"), Evaluator.values(counts));
        return new EpochResult(epoch, training, validation, nanos / NANOS, examples);
    }

    /** Adds the counts of the metrics. */
    void addTo(ResumableStates states) {
        counts.forEach((name, count) -> states.add("metric " + name, count));
    }

    RunState.Sums record() {
        return new RunState.Sums(loss, divisor, examples, nanos);
    }

    void restore(RunState.Sums sums) {
        loss = sums.loss();
        divisor = sums.weight();
        examples = sums.examples();
        nanos = sums.nanos();
    }
}
