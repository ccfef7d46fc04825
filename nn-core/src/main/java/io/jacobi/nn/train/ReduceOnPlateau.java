package io.jacobi.nn.train;

import java.util.Map;

/**
 * Lowers the learning rate when the loss stops falling: after more than {@code patience} epochs in a row that were not better than
 * the best by a share of 1e-4, the schedule's rates are multiplied with a factor, and the counting begins again.
 *
 * <pre>{@code
 * trainer.fit(train, epochs(50).validation(test).callbacks(new ReduceOnPlateau().withFactor(0.5).withPatience(3)));
 * }</pre>
 *
 * It looks at the validation loss, if there is a validation set, else at the training loss. Each call of fit begins anew, and a resumed one goes on. The
 * methods that set something return a new callback. PyTorch's ReduceLROnPlateau, with its defaults and its meaning of patience.
 */
public final class ReduceOnPlateau implements Callback {

    // PyTorch's
    private static final double DEFAULT_FACTOR = 0.1;
    private static final int DEFAULT_PATIENCE = 10;

    private final double factor;
    private final double minimum;
    private final Plateau plateau;

    /** To a tenth, after ten epochs without gain. */
    public ReduceOnPlateau() {
        this(DEFAULT_FACTOR, DEFAULT_PATIENCE, 0, false);
    }

    private ReduceOnPlateau(double factor, int patience, double minimum, boolean onTraining) {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException(
                    "The factor of the learning rate is " + factor + "\n  expected 0 < factor < 1");
        }
        if (!(minimum >= 0 && minimum < 1)) {
            throw new IllegalArgumentException(
                    "The smallest factor on the schedule's rates is " + minimum + "\n  expected 0 <= minimum < 1");
        }
        this.factor = factor;
        this.minimum = minimum;
        this.plateau = new Plateau(patience, onTraining);
    }

    /** Returns a copy with another factor, in (0, 1). */
    public ReduceOnPlateau withFactor(double value) {
        return new ReduceOnPlateau(value, plateau.patience(), minimum, plateau.onTraining());
    }

    /** The same, bearing so many epochs in a row without gain; with 0, the first one lowers the rate. */
    public ReduceOnPlateau withPatience(int epochs) {
        return new ReduceOnPlateau(factor, epochs, minimum, plateau.onTraining());
    }

    /** The same, never going below this share of the schedule's rates, in [0, 1). */
    public ReduceOnPlateau withMinimum(double share) {
        return new ReduceOnPlateau(factor, plateau.patience(), share, plateau.onTraining());
    }

    /** The same, looking at the training loss even if there is a validation set. */
    public ReduceOnPlateau onTrainingLoss() {
        return new ReduceOnPlateau(factor, plateau.patience(), minimum, true);
    }

    @Override
    public void beforeEpoch(Progress progress) {
        if (progress.epoch() == 1) {
            plateau.reset();
        }
    }

    @Override
    public void afterEpoch(Progress progress, EpochResult result) {
        if (plateau.isReachedWith(result)) {
            double target = Math.max(progress.rateFactor() * factor, minimum);
            if (target > 0 && target < progress.rateFactor()) {
                progress.scaleRate(target / progress.rateFactor());
            }
            plateau.restart();
        }
    }

    @Override
    public Map<String, Double> state() {
        return plateau.state();
    }

    @Override
    public void restore(Map<String, Double> memory) {
        plateau.restore(memory);
    }
}
