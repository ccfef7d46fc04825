package io.jacobi.nn.train;

import io.jacobi.nn.model.Sequential;
import java.util.Map;
import java.util.Optional;

/** The best value of a metric so far. NaN and infinity are never better, and neither is a model that has them. */
final class Best implements Resumable {

    static final String LOSS = "loss";

    private final String metric;
    private final Checkpoint.Mode mode;
    private Optional<Double> value = Optional.empty();

    Best(String metric, Checkpoint.Mode mode) {
        this.metric = metric;
        this.mode = mode;
    }

    String metric() {
        return metric;
    }

    /** Returns a copy without a value. */
    Best withoutValue() {
        return new Best(metric, mode);
    }

    /** Forgets the value, for the next run. */
    void forget() {
        value = Optional.empty();
    }

    /** Whether there has been a best epoch. */
    boolean isPresent() {
        return value.isPresent();
    }

    /** Whether this epoch, after which the model is as it is now, is better than all before it. Then it is the best. */
    boolean isBestSoFar(Sequential model, EpochResult result) {
        Evaluation evaluation = result.validation().orElse(result.training());
        double candidate = metric.equals(LOSS) ? evaluation.loss() : evaluation.metric(metric);
        boolean better = Double.isFinite(candidate)
                && value.map(best -> mode == Checkpoint.Mode.MIN ? candidate < best : candidate > best)
                        .orElse(true)
                && NonFinite.in(model).isEmpty();
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

    /** Ignores the best value of another metric. */
    @Override
    public void restore(Map<String, Double> state) {
        value = Optional.ofNullable(state.get(name()));
    }
}
