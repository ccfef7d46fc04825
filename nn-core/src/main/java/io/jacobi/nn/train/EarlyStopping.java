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
 * It looks at the validation loss if there is a validation set, otherwise at the training loss. A loss of NaN or
 * infinity is no gain. The model keeps the weights of the last epoch, unless {@link #restoringBest} is set. Each call
 * of fit starts counting from 0; a resumed run continues counting.
 */
public final class EarlyStopping implements Callback {

    private final Plateau plateau;
    private final boolean restoringBest;
    private final KeptWeights kept = new KeptWeights();
    private double lowest = Double.POSITIVE_INFINITY;

    /**
     * Stops after more than {@code patience} epochs in a row without gain; with 0, after the first.
     *
     * @throws IllegalArgumentException if the patience is negative
     */
    public EarlyStopping(int patience) {
        this(patience, false, false);
    }

    private EarlyStopping(int patience, boolean onTraining, boolean restoringBest) {
        this.plateau = new Plateau(patience, onTraining);
        this.restoringBest = restoringBest;
    }

    /** Returns a copy that looks at the training loss even if there is a validation set. */
    public EarlyStopping onTrainingLoss() {
        return new EarlyStopping(plateau.patience(), true, restoringBest);
    }

    /**
     * Returns a copy that keeps the weights and states of the epoch with the lowest loss in memory, and puts them into
     * the model at the end of the run, whether it was stopped or not: restore_best_weights of Keras. The training loss
     * of an epoch is a mean over weights that change, so a validation set makes the better choice.
     *
     * <p>A run with it cannot be resumed, because checkpoints do not hold the kept weights. The last checkpoint has the
     * weights of the last epoch. {@link BestWeights} keeps weights by another metric.
     */
    public EarlyStopping restoringBest() {
        return new EarlyStopping(plateau.patience(), plateau.onTraining(), true);
    }

    @Override
    public void beforeRun(Fit fit) {
        if (restoringBest) {
            KeptWeights.requireNotResumed("EarlyStopping.restoringBest()", fit);
            kept.clear();
            lowest = Double.POSITIVE_INFINITY;
        }
    }

    @Override
    public void beforeEpoch(Progress progress) {
        if (progress.epoch() == 1) {
            plateau.reset();
        }
    }

    @Override
    public void afterEpoch(Progress progress, EpochResult result) {
        double loss = plateau.loss(result);
        if (restoringBest
                && Double.isFinite(loss)
                && loss < lowest
                && NonFinite.in(progress.model()).isEmpty()) {
            kept.keep(progress.model(), result.epoch());
            lowest = loss;
        }
        if (plateau.isReachedWith(result)) {
            progress.stop();
        }
    }

    @Override
    public void afterRun(Progress progress) {
        if (kept.epoch() > 0) {
            kept.putInto(progress.model());
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
