package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.RunRecord;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of fit. The run can be stored after each step, and another process can resume it: the order of the examples is a function of
 * the epoch, and dropout a function of the step, so the next batch is computed as it would have been.
 */
final class TrainingRun {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
    private static final String HISTORY = "history";
    private static final String MOMENT = "optimizer.";

    private final GradientDescent descent;
    private final Sequential model;
    private final Dataset data;
    private final Fit fit;
    private final Batches batches;
    private final Progress progress;
    private final HistoryTable table;
    private final List<EpochResult> results = new ArrayList<>();
    private EpochSums sums;
    private boolean inEpoch;

    TrainingRun(GradientDescent descent, Dataset data, Fit fit) {
        this.descent = descent;
        this.model = descent.settings().model();
        this.data = data;
        this.fit = fit;
        this.batches = Batches.shuffled(data, fit.batchSize(), shuffleSeed());
        this.progress = new Progress(descent, model, fit.epochs(), batches.count());
        this.table = new HistoryTable(fit.metrics(), fit.validation().isPresent());
        this.sums = new EpochSums(fit.metrics());
    }

    private long shuffleSeed() {
        return fit.shuffleSeed().orElse(model.seed());
    }

    /** Trains to the end, from the start or from the checkpoint that {@code fit} names. */
    History run() {
        fit.resume().ifPresent(this::resume);
        fit.checkpoints().forEach(checkpoint -> checkpoint.begin(model, fit.resume()));
        while (inEpoch || (results.size() < fit.epochs() && startEpoch())) {
            List<Batch> order = batches.epoch(descent.epochs());
            for (int i = progress.batch(); i < order.size() && !progress.isStopping(); i++) {
                step(order.get(i));
            }
            finishEpoch();
        }
        return new History(results);
    }

    /** Whether the run goes on. */
    private boolean startEpoch() {
        if (progress.isStopping()) {
            return false;
        }
        progress.startEpoch(results.size() + 1, 0);
        sums = new EpochSums(fit.metrics());
        fit.callbacks().forEach(callback -> callback.beforeEpoch(progress));
        inEpoch = !progress.isStopping();
        return inEpoch;
    }

    private void step(Batch batch) {
        long started = System.nanoTime();
        Shards parts = descent.shardsFor(batch, capacity());
        double loss = descent.step(batch, parts);
        sums.add(batch, loss, parts);
        sums.addTime(System.nanoTime() - started);
        progress.finishStep(loss);
        fit.callbacks().forEach(callback -> callback.afterStep(progress));
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (checkpoint.isDueAfterStep(progress.step())) {
                checkpoint.store(file(checkpoint));
            }
        }
    }

    /** A run that is resumed at a short batch splits it as the whole run did. */
    private int capacity() {
        return Math.min(fit.batchSize(), data.size());
    }

    private void finishEpoch() {
        descent.finishEpoch();
        EpochResult result = sums.result(
                progress.epoch(),
                fit.validation()
                        .map(set -> Evaluator.evaluate(model, descent.settings().loss(), set, fit.metrics())));
        results.add(result);
        inEpoch = false;
        fit.callbacks().forEach(callback -> callback.afterEpoch(progress, result));
        storeAfterEpoch(result);
    }

    private void storeAfterEpoch(EpochResult result) {
        // all take note of the value, and the best are on the disk, before a file of a step says what the best is
        List<Checkpoint> best = fit.checkpoints().stream()
                .filter(checkpoint -> checkpoint.isBestSoFar(result))
                .toList();
        best.forEach(checkpoint -> checkpoint.storeBest(file(checkpoint)));
        boolean last = progress.epoch() == progress.epochs() || progress.isStopping();
        for (Checkpoint checkpoint : fit.checkpoints()) {
            if (checkpoint.isDueAfterEpoch(progress.epoch(), last)) {
                checkpoint.store(file(checkpoint));
            }
        }
    }

    /** The run as it stands. The file refers to live arrays: it must be written before the next step. */
    private CheckpointFile file(Checkpoint checkpoint) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        descent.moments().forEach((name, moment) -> tensors.put(MOMENT + name, moment));
        if (!results.isEmpty()) {
            tensors.put(HISTORY, table.write(results));
        }
        RunRecord record = new RunRecord(
                settings(List.of()).toList(),
                descent.steps(),
                descent.optimizerSteps(),
                descent.epochs(),
                descent.rateFactor(),
                inEpoch ? progress.batch() : 0,
                progress.isStopping(),
                sums.record(),
                states().values(),
                checkpoint.notes());
        return CheckpointFile.of(checkpoint.file(model), record, tensors);
    }

    private RunSettings settings(List<RunRecord.Value> left) {
        RunSettings settings = descent.settings()
                .describe(new RunSettings(), capacity())
                .with("batch size", fit.batchSize())
                .with("seed of the order", shuffleSeed())
                .with("examples", data)
                .with("metrics", fit.metrics().stream().map(Metric::name).toList())
                .with("callbacks that remember", callbackStates().owners(left));
        fit.validation().ifPresent(set -> settings.with("validation examples", set));
        return settings;
    }

    private ResumableStates callbackStates() {
        ResumableStates states = new ResumableStates();
        fit.callbacks().forEach(callback -> states.add(callback.getClass().getName(), callback));
        return states;
    }

    private ResumableStates states() {
        ResumableStates states = callbackStates();
        fit.checkpoints().forEach(checkpoint -> states.add(Checkpoint.class.getName(), checkpoint.state()));
        sums.addTo(states);
        return states;
    }

    private void resume(Path path) {
        CheckpointDirectory.Found found;
        try {
            found = CheckpointDirectory.find(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        found.passedOver().forEach(problem -> LOG.warn("A checkpoint is passed over. {}", problem));
        restore(found.path(), found.file());
    }

    /** Nothing has changed if it throws. */
    private void restore(Path path, CheckpointFile file) {
        RunRecord record = file.run();
        settings(record.values())
                .requireSame(path, record.settings(), file.model().model(), model);
        INDArray history = file.tensors().get(HISTORY);
        List<EpochResult> past = history == null ? List.of() : table.read(history);
        int begun = past.size() + (record.batch() > 0 ? 1 : 0);
        if (begun > fit.epochs() || record.batch() > batches.count()) {
            throw new IllegalArgumentException(path + " is in epoch " + begun + ", after " + record.batch()
                    + " batches\n  expected at most " + fit.epochs() + " epochs of " + batches.count()
                    + " batches\n  fix: epochs(" + begun + ") or more");
        }
        Map<String, INDArray> moments = moments(path, file);
        descent.restore(record, moments, file.model().model());
        results.addAll(past);
        inEpoch = record.batch() > 0;
        progress.startEpoch(past.size() + (inEpoch ? 1 : 0), record.batch());
        if (record.stopped()) {
            progress.stop();
        }
        sums.restore(record.epoch());
        states().restore(record.values());
    }

    private static Map<String, INDArray> moments(Path path, CheckpointFile file) {
        Map<String, INDArray> moments = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(MOMENT)) {
                moments.put(name.substring(MOMENT.length()), tensor);
            } else if (!name.equals(HISTORY)) {
                throw new IllegalArgumentException(
                        path + " has a \"" + name + "\"\n  expected no more than \"" + HISTORY + "\" and \"" + MOMENT
                                + "...\" beside the model\n  fix: copy or write the file again");
            }
        });
        return moments;
    }
}
