package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One call of fit: the loop over epochs and batches. {@link RunStorage} can store the run after each step, and another
 * process can resume it: the order of the examples is a function of the epoch, and dropout a function of the step, so
 * the next batch is computed as it would have been.
 */
final class TrainingRun {

    private final GradientDescent descent;
    private final Sequential model;
    private final Fit fit;
    private final int examples;
    private final Batches batches;
    private final int capacity;
    private final Progress progress;
    private final EpochLog epochs;
    private final RunStorage storage;
    private final BooleanSupplier closed;
    private final Warnings warnings = new Warnings();

    /**
     * A run that has not begun.
     *
     * @param closed whether the trainer is closed, so that the run ends after its step
     */
    TrainingRun(GradientDescent descent, Dataset data, Fit fit, BooleanSupplier closed) {
        this.descent = descent;
        this.closed = closed;
        this.model = descent.settings().model();
        this.fit = fit;
        int[] rows = descent.counted().of(data);
        this.examples = rows.length;
        this.batches = Batches.shuffled(data, fit.batchSize(), fit.shuffleSeedFor(model))
                .only(rows);
        this.capacity = fit.largestBatch(data);
        this.progress = new Progress(descent, model, fit.epochs(), batches.count());
        this.epochs = new EpochLog(fit.metrics());
        this.storage = new RunStorage(descent, data, rows.length, fit, progress, epochs);
    }

    /** The number of examples in an epoch. */
    int examples() {
        return examples;
    }

    /** Trains to the end, from the start or from the checkpoint that {@code fit} names. */
    History run() {
        // before the newest checkpoint is looked for: no other run may write another
        LockedDirectories locked = LockedDirectories.of(fit.checkpoints());
        try {
            return runLocked();
        } finally {
            locked.close();
        }
    }

    private History runLocked() {
        fit.resume().ifPresent(path -> storage.resume(path, warnings));
        fit.checkpoints().forEach(checkpoint -> checkpoint.start(model, fit.resume()));
        while (progress.isInEpoch() || (epochs.results().size() < fit.epochs() && startEpoch())) {
            runEpoch();
            if (isInterrupted()) {
                break;
            }
        }
        fit.callbacks().forEach(callback -> callback.afterRun(progress));
        fit.checkpoints().forEach(checkpoint -> checkpoint.missingBest().ifPresent(warnings::add));
        return new History(epochs.results(), warnings.messages());
    }

    /** Trains to the end of the epoch, unless the run is interrupted before. */
    private void runEpoch() {
        List<Batch> order = batches.epoch(descent.epochs());
        for (int i = progress.batch(); i < order.size() && !progress.isStopping(); i++) {
            step(order.get(i));
            if (isInterrupted() && i + 1 < order.size()) {
                store(Checkpoint::isDueAtEnd);
                return;
            }
        }
        finishEpoch();
    }

    /** Whether the run ends now and may be resumed later, unlike a run that a callback has stopped. */
    private boolean isInterrupted() {
        return Thread.currentThread().isInterrupted() || closed.getAsBoolean();
    }

    /** Writes the checkpoints that are due, unless a weight or a state is not finite. */
    private void store(Predicate<Checkpoint> isDue) {
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (isDue.test(checkpoint) && warnings.mayStore(model, progress.epoch())) {
                checkpoint.store(storage.file(checkpoint));
            }
        }
    }

    /** Starts the next epoch, unless a callback stops the run. Returns whether the epoch was started. */
    private boolean startEpoch() {
        if (progress.isStopping()) {
            return false;
        }
        progress.startEpoch(epochs.results().size() + 1);
        epochs.start();
        fit.callbacks().forEach(callback -> callback.beforeEpoch(progress));
        if (progress.isStopping()) {
            progress.finishEpoch();
        }
        return progress.isInEpoch();
    }

    private void step(Batch batch) {
        long started = System.nanoTime();
        // buffers for the largest batch, so that a run that is resumed at a short batch splits it in the same way
        Shards parts = descent.shardsFor(batch, capacity);
        double loss = descent.step(batch, parts);
        epochs.current().add(batch, loss, parts);
        epochs.current().addTime(System.nanoTime() - started);
        progress.finishStep(loss);
        fit.callbacks().forEach(callback -> callback.afterStep(progress));
        store(checkpoint -> checkpoint.isDueAfterStep(progress.step()));
    }

    private void finishEpoch() {
        descent.finishEpoch();
        EpochResult result = epochs.finish(fit.validation()
                .map(data -> Evaluator.evaluate(
                        model, descent.settings().loss(), data, fit.metrics(), "the validation set")));
        progress.finishEpoch();
        warnings.look(result);
        fit.callbacks().forEach(callback -> callback.afterEpoch(progress, result));
        storeAfterEpoch(result);
    }

    private void storeAfterEpoch(EpochResult result) {
        // every best value is updated, and every best file written, before a file of a step records the best values
        List<Checkpoint> best = fit.checkpoints().stream()
                .filter(checkpoint -> checkpoint.isBestSoFar(model, result))
                .toList();
        best.forEach(checkpoint -> checkpoint.storeBest(storage.file(checkpoint)));
        boolean last = progress.epoch() == progress.epochs() || progress.isStopping() || isInterrupted();
        store(checkpoint -> checkpoint.isDueAfterEpoch(progress.epoch(), last));
    }
}
