package io.jacobi.nn.train;

import io.jacobi.nn.model.Sequential;

/**
 * Keeps the weights of the best epoch of a run in memory, without a file.
 *
 * <pre>{@code
 * BestWeights best = BestWeights.by("accuracy", Checkpoint.Mode.MAX);
 * trainer.fit(train, epochs(20).validation(test).metrics(new Accuracy()).callbacks(best));
 * best.putInto(model);
 * }</pre>
 *
 * The copy is on the heap and takes as much memory as weights and states do. Optimizer and schedule are not part of it.
 * An epoch whose value, weights or states are NaN or infinite is never the best. Each call of fit starts anew. A run
 * with this callback cannot be resumed, because the file does not hold the copy; {@link Checkpoint#best} does. If fit
 * ends by an exception, the copy is still there.
 */
public final class BestWeights implements Callback {

    private final Best best;
    private final KeptWeights kept = new KeptWeights();

    private BestWeights(Best best) {
        this.best = best;
    }

    /**
     * Keeps the weights of the epoch with the best value.
     *
     * @param metric {@code loss}, or the name of a metric of the fit: on the validation set if there is one, else in
     *     training
     * @param mode whether small or large values are good
     */
    public static BestWeights by(String metric, Checkpoint.Mode mode) {
        return new BestWeights(new Best(metric, mode));
    }

    /** The epoch of the weights that are kept, counted from 1; 0 if none are. */
    public int epoch() {
        return kept.epoch();
    }

    /**
     * Overwrites the weights and states of the model.
     *
     * @param model the model that was trained, or another of the same layers and data type
     * @throws IllegalStateException if no weights are kept
     * @throws IllegalArgumentException if the model has other layers or another data type
     */
    public void putInto(Sequential model) {
        if (kept.epoch() == 0) {
            throw new IllegalStateException(
                    "No best weights are kept: no epoch has ended with finite weights and a finite " + best.metric()
                            + "\n  fix: give this callback to fit, and see History.warnings()");
        }
        kept.putInto(model);
    }

    @Override
    public void beforeRun(Fit fit) {
        FitCheck.requireMetric(best.metric(), "BestWeights", fit);
        KeptWeights.requireNotResumed("BestWeights", fit);
        best.forget();
        kept.clear();
    }

    @Override
    public void afterEpoch(Progress progress, EpochResult result) {
        if (best.isBestSoFar(progress.model(), result)) {
            kept.keep(progress.model(), result.epoch());
        }
    }
}
