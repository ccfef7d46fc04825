package io.jacobi.nn.train;

import java.util.Map;

/**
 * Ends the run when the loss stops falling: after more than {@code patience} epochs in a row that were not better than the best by
 * a share of 1e-4.
 *
 * <pre>{@code
 * trainer.fit(train, epochs(100).validation(test).callbacks(new EarlyStopping(5)));
 * }</pre>
 *
 * It looks at the validation loss, if there is a validation set, else at the training loss. The weights stay those of the last
 * epoch, not of the best. Each call of fit begins anew, and a resumed one goes on.
 */
public final class EarlyStopping implements Callback {

    private final Plateau plateau;

    /**
     * Bears so many epochs in a row without gain; with 0, the first one ends the run.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public EarlyStopping(int patience) {
        this(patience, false);
    }

    private EarlyStopping(int patience, boolean onTraining) {
        this.plateau = new Plateau(patience, onTraining);
    }

    /** The same, looking at the training loss even if there is a validation set. */
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
    public void restore(Map<String, Double> memory) {
        plateau.restore(memory);
    }
}
