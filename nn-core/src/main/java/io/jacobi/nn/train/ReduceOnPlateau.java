package io.jacobi.nn.train;

import java.util.Map;

/**
 * Lowers the learning rate when the loss stops falling: after more than {@code patience} epochs in a row that were not
 * better than the best by a share of 1e-4, the schedule's rates are multiplied by a factor, and the counting starts
 * again.
 *
 * <pre>{@code
 * trainer.fit(train, epochs(50).validation(test).callbacks(new ReduceOnPlateau().withFactor(0.5).withPatience(3)));
 * }</pre>
 *
 * It looks at the validation loss if there is a validation set, otherwise at the training loss. Each call of fit starts
 * counting from 0; a resumed run continues counting. The methods that set something return a copy. Defaults and the
 * meaning of patience are those of PyTorch's ReduceLROnPlateau.
 */
public final class ReduceOnPlateau implements Callback {

    // the defaults of PyTorch
    private static final double DEFAULT_FACTOR = 0.1;
    private static final int DEFAULT_PATIENCE = 10;

    private final double factor;
    private final double minimum;
    private final Plateau plateau;

    /** Lowers the rate to a tenth after more than ten epochs in a row without gain. */
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

    /**
     * Returns a copy that lowers the rate after more than the given number of epochs in a row without gain; with 0,
     * after the first.
     */
    public ReduceOnPlateau withPatience(int epochs) {
        return new ReduceOnPlateau(factor, epochs, minimum, plateau.onTraining());
    }

    /** Returns a copy that never lowers the rate below this share of the schedule's rate, in [0, 1). */
    public ReduceOnPlateau withMinimum(double share) {
        return new ReduceOnPlateau(factor, plateau.patience(), share, plateau.onTraining());
    }

    /** Returns a copy that looks at the training loss even if there is a validation set. */
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
    public void restore(Map<String, Double> state) {
        plateau.restore(state);
    }
}
