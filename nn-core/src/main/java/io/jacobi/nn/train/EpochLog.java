package io.jacobi.nn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The epochs of a run: the results of the finished epochs, and the sums of the current epoch. */
final class EpochLog {

    private final List<Metric> metrics;
    private final List<EpochResult> results = new ArrayList<>();
    private EpochSums sums;

    EpochLog(List<Metric> metrics) {
        this.metrics = metrics;
        this.sums = new EpochSums(metrics);
    }

    /** Starts an epoch, with sums of 0. */
    void start() {
        sums = new EpochSums(metrics);
    }

    /** The current epoch so far. */
    EpochSums current() {
        return sums;
    }

    /** Finishes the current epoch. */
    EpochResult finish(Optional<Evaluation> validation) {
        EpochResult result = sums.result(results.size() + 1, validation);
        results.add(result);
        return result;
    }

    /** Takes over the finished epochs of a stored run. */
    void restore(List<EpochResult> finished) {
        results.addAll(finished);
    }

    List<EpochResult> results() {
        return results;
    }
}
