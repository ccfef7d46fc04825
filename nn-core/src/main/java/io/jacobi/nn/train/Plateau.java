package io.jacobi.nn.train;

import java.util.Map;

/** Notices when a loss no longer falls. Counts the epochs since the last that was better than all before it. */
final class Plateau implements Resumable {

    /** By which share of the best loss an epoch must be better to count: PyTorch's, for ReduceLROnPlateau. */
    private static final double THRESHOLD = 1e-4;

    private static final String BEST = "best loss";
    private static final String STALE = "epochs without gain";

    private final int patience;
    private final boolean onTraining;
    private double best = Double.POSITIVE_INFINITY;
    private int stale;

    Plateau(int patience, boolean onTraining) {
        if (patience < 0) {
            throw new IllegalArgumentException("Patience is " + patience + " epochs\n  expected at least 0");
        }
        this.patience = patience;
        this.onTraining = onTraining;
    }

    int patience() {
        return patience;
    }

    boolean onTraining() {
        return onTraining;
    }

    void reset() {
        best = Double.POSITIVE_INFINITY;
        stale = 0;
    }

    /** Forgets the epochs that were no better, and not the best loss: the next {@code patience} are borne again. */
    void restart() {
        stale = 0;
    }

    /** Whether this epoch is one more than {@code patience} in a row that was no better. */
    boolean isReachedWith(EpochResult result) {
        double loss = loss(result);
        if (isBetter(loss)) {
            best = loss;
            stale = 0;
        } else {
            stale++;
        }
        return stale > patience;
    }

    private double loss(EpochResult result) {
        Evaluation training = result.training();
        return onTraining
                ? training.loss()
                : result.validation().orElse(training).loss();
    }

    /** False for NaN. */
    private boolean isBetter(double loss) {
        return Double.isInfinite(best) ? loss < best : loss < best - THRESHOLD * Math.abs(best);
    }

    @Override
    public Map<String, Double> state() {
        return Map.of(BEST, best, STALE, (double) stale);
    }

    @Override
    public void restore(Map<String, Double> memory) {
        best = memory.getOrDefault(BEST, Double.POSITIVE_INFINITY);
        stale = memory.getOrDefault(STALE, 0d).intValue();
    }
}
