package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One call of fit: the loop over epochs and batches. {@link RunStorage} can store the run after each step, and another
 * process can resume it: the order of the examples is a function of the epoch, and dropout a function of the step, so
 * the next batch is computed as it would have been.
 */
final class TrainingRun {

    private final GradientDescent descent;
    private final Sequential model;
    private final Fit fit;
    private final Batches batches;
    private final int capacity;
    private final Progress progress;
    private final EpochLog epochs;
    private final RunStorage storage;
    private final BooleanSupplier closed;

    /** @param closed whether the trainer has been closed, so that the run should end */
    TrainingRun(GradientDescent descent, Dataset data, Fit fit, BooleanSupplier closed) {
        this.closed = closed;
        this.descent = descent;
        this.model = descent.settings().model();
        this.fit = fit;
        int[] rows = descent.counted().of(data);
        this.batches = Batches.shuffled(data, fit.batchSize(), fit.shuffleSeedFor(model))
                .only(rows);
        this.capacity = fit.largestBatch(data);
        this.progress = new Progress(descent, model, fit.epochs(), batches.count());
        this.epochs = new EpochLog(fit.metrics());
        this.storage = new RunStorage(descent, data, rows.length, fit, progress, epochs);
    }

    /** Trains to the end, from the start or from the checkpoint that {@code fit} names. */
    History run() {
        fit.resume().ifPresent(storage::resume);
        fit.checkpoints().forEach(checkpoint -> checkpoint.start(model, fit.resume()));
        while (progress.isInEpoch() || (epochs.results().size() < fit.epochs() && startEpoch())) {
            List<Batch> order = batches.epoch(descent.epochs());
            for (int i = progress.batch(); i < order.size() && !progress.isStopping(); i++) {
                step(order.get(i));
                if (isInterrupted() && i + 1 < order.size()) {
                    storeAll();
                    return new History(epochs.results());
                }
            }
            finishEpoch();
            if (isInterrupted()) {
                break;
            }
        }
        return new History(epochs.results());
    }

    /** Whether the run should end now and could go on later, unlike one that a callback has stopped. */
    private boolean isInterrupted() {
        return Thread.currentThread().isInterrupted() || closed.getAsBoolean();
    }

    private void storeAll() {
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (checkpoint.isDueAtEnd()) {
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
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (checkpoint.isDueAfterStep(progress.step())) {
                checkpoint.store(storage.file(checkpoint));
            }
        }
    }

    private void finishEpoch() {
        descent.finishEpoch();
        EpochResult result = epochs.finish(fit.validation()
                .map(data -> Evaluator.evaluate(
                        model, descent.settings().loss(), data, fit.metrics(), "the validation set")));
        progress.finishEpoch();
        fit.callbacks().forEach(callback -> callback.afterEpoch(progress, result));
        storeAfterEpoch(result);
    }

    private void storeAfterEpoch(EpochResult result) {
        // every best value is updated, and every best file written, before a file of a step records the best values
        List<Checkpoint> best = fit.checkpoints().stream()
                .filter(checkpoint -> checkpoint.isBestSoFar(result))
                .toList();
        best.forEach(checkpoint -> checkpoint.storeBest(storage.file(checkpoint)));
        boolean last = progress.epoch() == progress.epochs() || progress.isStopping() || isInterrupted();
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (checkpoint.isDueAfterEpoch(progress.epoch(), last)) {
                checkpoint.store(storage.file(checkpoint));
            }
        }
    }
}
