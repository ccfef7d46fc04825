package io.jacobi.nn.train;

import java.util.Map;
import java.util.Optional;

/** The best value of a metric so far. NaN is never better. */
final class Best implements Resumable {

    private static final String LOSS = "loss";

    private final String metric;
    private final Checkpoint.Mode mode;
    private Optional<Double> value = Optional.empty();

    Best(String metric, Checkpoint.Mode mode) {
        this.metric = metric;
        this.mode = mode;
    }

    /** The same metric, no value yet. */
    Best forgetful() {
        return new Best(metric, mode);
    }

    /** Whether this epoch is better than all before it, which is remembered. */
    boolean isBestSoFar(EpochResult result) {
        Evaluation evaluation = result.validation().orElse(result.training());
        double candidate = metric.equals(LOSS) ? evaluation.loss() : evaluation.metric(metric);
        boolean better = !Double.isNaN(candidate)
                && value.map(best -> mode == Checkpoint.Mode.MIN ? candidate < best : candidate > best)
                        .orElse(true);
        if (better) {
            value = Optional.of(candidate);
        }
        return better;
    }

    private String name() {
        return "best " + metric + " " + mode;
    }

    @Override
    public Map<String, Double> state() {
        return value.map(best -> Map.of(name(), best)).orElse(Map.of());
    }

    /** The value of another metric says nothing. */
    @Override
    public void restore(Map<String, Double> memory) {
        value = Optional.ofNullable(memory.get(name()));
    }
}
