package io.jacobi.nn.train;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.io.LoadOptions;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a run as a checkpoint, and restores a run from a checkpoint. */
final class RunStorage {

    private static final Logger LOG = LoggerFactory.getLogger(RunStorage.class);
    private static final String HISTORY = "history";
    private static final String MOMENT = "optimizer.";

    private final GradientDescent descent;
    private final Sequential model;
    private final Dataset data;
    private final int counted;
    private final Fit fit;
    private final Progress progress;
    private final EpochLog epochs;
    private final HistoryTable table;

    /**
     * @param counted the number of examples of the data set that count
     */
    RunStorage(GradientDescent descent, Dataset data, int counted, Fit fit, Progress progress, EpochLog epochs) {
        this.descent = descent;
        this.model = descent.settings().model();
        this.data = data;
        this.counted = counted;
        this.fit = fit;
        this.progress = progress;
        this.epochs = epochs;
        this.table = new HistoryTable(fit.metrics(), fit.validation().isPresent());
    }

    /** The run as it stands. The file refers to live arrays: it must be written before the next step. */
    CheckpointFile file(Checkpoint checkpoint) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        descent.moments().forEach((name, moment) -> tensors.put(MOMENT + name, moment));
        if (!epochs.results().isEmpty()) {
            tensors.put(HISTORY, table.write(epochs.results()));
        }
        RunState record = new RunState(
                        describe(List.of()).toList(),
                        descent.steps(),
                        descent.optimizerSteps(),
                        descent.epochs(),
                        descent.rateFactor(),
                        progress.isInEpoch() ? progress.batch() : 0,
                        progress.isStopping(),
                        epochs.current().record(),
                        states().values(),
                        checkpoint.notes())
                .withEnvironment(RunEnvironment.current());
        return CheckpointFile.of(checkpoint.file(model), record, tensors);
    }

    private RunSettings describe(List<RunState.Value> stored) {
        RunSettings run = descent.settings()
                .describe(new RunSettings(), fit.largestBatch(data))
                .with("batch size", fit.batchSize())
                .with("seed of the order", fit.shuffleSeedFor(model))
                .with("examples", data)
                .with("metrics", fit.metrics().stream().map(Metric::name).toList())
                .with("callbacks that remember", callbackStates().owners(stored));
        if (counted < data.size()) {
            run.with("examples that count", counted);
        }
        fit.validation().ifPresent(set -> run.with("validation examples", set));
        return run;
    }

    private ResumableStates callbackStates() {
        ResumableStates states = new ResumableStates();
        fit.callbacks().forEach(callback -> states.add(callback.getClass().getName(), callback));
        return states;
    }

    private ResumableStates states() {
        ResumableStates states = callbackStates();
        fit.checkpoints().forEach(checkpoint -> states.add(Checkpoint.class.getName(), checkpoint.state()));
        epochs.current().addTo(states);
        return states;
    }

    /**
     * Restores the run from this file, or from the newest file in this directory that is not damaged.
     *
     * @param warnings receives what makes the rest of the run another one than it would have been
     */
    void resume(Path path, Warnings warnings) {
        CheckpointDirectory.Found found;
        try {
            // the run has the memory for its own model, however large
            LoadOptions options = LoadOptions.defaults().withRoomFor(model.blueprint(), model.dataType());
            found = CheckpointDirectory.find(path, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        found.passedOver().forEach(problem -> LOG.warn("A checkpoint is skipped. {}", problem));
        try {
            restore(found.path(), found.file(), warnings);
        } finally {
            // everything was copied
            found.file().tensors().values().forEach(INDArray::close);
            found.file().model().model().close();
        }
    }

    /** Nothing has changed if it throws. */
    private void restore(Path path, CheckpointFile file, Warnings warnings) {
        RunState record = file.run();
        RunSettings run = describe(record.values());
        run.requireSame(path, record.settings(), file.model().model(), model);
        INDArray history = file.tensors().get(HISTORY);
        List<EpochResult> finished = history == null ? List.of() : table.read(history);
        int started = finished.size() + (record.batch() > 0 ? 1 : 0);
        if (started > fit.epochs() || record.batch() > progress.batches()) {
            throw new IllegalArgumentException(path + " is in epoch " + started + ", after " + record.batch()
                    + " batches\n  expected at most " + fit.epochs() + " epochs of " + progress.batches()
                    + " batches\n  fix: epochs(" + started + ") or more");
        }
        descent.restore(record, moments(path, file), file.model().model());
        epochs.restore(finished);
        if (record.batch() > 0) {
            progress.resumeEpoch(started, record.batch());
        }
        if (record.stopped()) {
            progress.stop();
        }
        epochs.current().restore(record.epoch());
        states().restore(record.values());
        run.changedSchedule(record.settings()).ifPresent(warnings::add);
        List<String> differences = RunEnvironment.differences(record.environment(), RunEnvironment.current());
        if (!differences.isEmpty()) {
            warnings.add(path + " was computed in another environment, so the last digits may differ"
                    + String.join("", differences));
        }
    }

    private static Map<String, INDArray> moments(Path path, CheckpointFile file) {
        Map<String, INDArray> moments = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(MOMENT)) {
                moments.put(name.substring(MOMENT.length()), tensor);
            } else if (!name.equals(HISTORY)) {
                throw new IllegalArgumentException(
                        path + " has a \"" + FileText.show(name) + "\"\n  expected no more than \"" + HISTORY
                                + "\" and \"" + MOMENT + "...\" beside the model\n  fix: copy or write the file again");
            }
        });
        return moments;
    }
}
