package io.jacobi.nn.train;

import java.util.Map;

/** Detects that a loss no longer falls, by counting the epochs since the best one. */
final class Plateau implements Resumable {

    /**
     * An epoch is better only if its loss is lower by more than this share of the best loss. PyTorch's value, for
     * ReduceLROnPlateau.
     */
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

    /** Starts counting epochs from 0 again, and keeps the best loss. */
    void restart() {
        stale = 0;
    }

    /** Counts this epoch, and returns whether more than {@code patience} epochs in a row were no better. */
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

    double loss(EpochResult result) {
        Evaluation training = result.training();
        return onTraining
                ? training.loss()
                : result.validation().orElse(training).loss();
    }

    /** False for NaN and infinity. */
    private boolean isBetter(double loss) {
        return Double.isFinite(loss)
                && (Double.isInfinite(best) ? loss < best : loss < best - THRESHOLD * Math.abs(best));
    }

    @Override
    public Map<String, Double> state() {
        return Map.of(BEST, best, STALE, (double) stale);
    }

    @Override
    public void restore(Map<String, Double> state) {
        best = state.getOrDefault(BEST, Double.POSITIVE_INFINITY);
        stale = state.getOrDefault(STALE, 0d).intValue();
    }
}
