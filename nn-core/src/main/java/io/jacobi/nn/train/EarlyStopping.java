package io.jacobi.nn.train;

import java.util.Map;

/**
 * Ends the run when the loss stops falling: after more than {@code patience} epochs in a row that were not better than
 * the best by a share of 1e-4.
 *
 * <pre>{@code
 * trainer.fit(train, epochs(100).validation(test).callbacks(new EarlyStopping(5)));
 * }</pre>
 *
 * It looks at the validation loss if there is a validation set, otherwise at the training loss. The model keeps the
 * weights of the last epoch, not of the best one. Each call of fit starts counting from 0; a resumed run continues
 * counting.
 */
public final class EarlyStopping implements Callback {

    private final Plateau plateau;

    /**
     * Stops after more than {@code patience} epochs in a row without gain; with 0, after the first.
     *
     * @throws IllegalArgumentException if the patience is negative
     */
    public EarlyStopping(int patience) {
        this(patience, false);
    }

    private EarlyStopping(int patience, boolean onTraining) {
        this.plateau = new Plateau(patience, onTraining);
    }

    /** Returns a copy that looks at the training loss even if there is a validation set. */
    public EarlyStopping onTrainingLoss() {
        return new EarlyStopping(plateau.patience(), true);
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
            progress.stop();
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
