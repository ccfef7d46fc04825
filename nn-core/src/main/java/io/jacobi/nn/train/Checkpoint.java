package io.jacobi.nn.train;

import io.jacobi.nn.files.FileProblem;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stores a run while it lasts, so that another process can resume it and reach the same weights, to the bit.
 *
 * <pre>{@code
 * Fit fit = epochs(20).batchSize(128).validation(test).metrics(new Accuracy());
 * trainer.fit(train, fit.checkpoint(Checkpoint.in(directory).everySteps(500).best("accuracy", Mode.MAX)));
 *
 * // after a crash, with a trainer that is made in the same way:
 * trainer.fit(train, fit.checkpoint(...).resume(directory));
 * }</pre>
 *
 * A checkpoint is written after every epoch, after the last epoch in any case, and, if {@link #everySteps} is set,
 * within epochs. It holds the model, the optimizer's moments, the position in the epoch, the history, and the
 * {@linkplain Resumable state} of callbacks and metrics; it is a model file too. The last three are kept. Each is
 * written whole or not at all, and an old one is deleted when the new one is on the disk: whenever the process dies,
 * the last good one can be loaded. See docs/checkpoints.md.
 *
 * <p>Checkpoints are written after all callbacks have been called. The methods that set something return a copy.
 *
 * @see Fit#checkpoint
 * @see Fit#resume
 */
public final class Checkpoint {

    /** Which values of a metric are better. */
    public enum Mode {
        MIN,
        MAX
    }

    private static final int DEFAULT_KEPT = 3;
    private static final Resumable STATELESS = new Resumable() {};

    private final CheckpointDirectory directory;
    private final long everySteps;
    private final int everyEpochs;
    private final int kept;
    private final Optional<Best> best;
    private final List<String> labels;
    private final Optional<TableEncoding> table;
    private final List<String> notes;
    private boolean started;

    private Checkpoint(
            CheckpointDirectory directory,
            long everySteps,
            int everyEpochs,
            int kept,
            Optional<Best> best,
            List<String> labels,
            Optional<TableEncoding> table,
            List<String> notes) {
        this.directory = directory;
        this.everySteps = everySteps;
        this.everyEpochs = everyEpochs;
        this.kept = kept;
        this.best = best.map(Best::withoutValue);
        this.labels = List.copyOf(labels);
        this.table = table;
        this.notes = List.copyOf(notes);
    }

    /**
     * Returns a checkpoint after each epoch in this directory, which is created if it does not exist and belongs to one
     * run. While the run lasts, it is locked: a fit that would store its checkpoints there too, in this process or
     * another, throws an {@link IllegalStateException} before its first step.
     */
    public static Checkpoint in(Path directory) {
        return new Checkpoint(
                CheckpointDirectory.at(directory),
                Long.MAX_VALUE,
                1,
                DEFAULT_KEPT,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /**
     * Returns a copy that is also written within epochs, each time the given number of optimizer steps has been made.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Checkpoint everySteps(long steps) {
        requireAtLeast(1, steps, "steps between two checkpoints");
        return new Checkpoint(directory, steps, everyEpochs, kept, best, labels, table, notes);
    }

    /**
     * Returns a copy that is written once in the given number of epochs, and after the last epoch.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Checkpoint everyEpochs(int epochs) {
        requireAtLeast(1, epochs, "epochs between two checkpoints");
        return new Checkpoint(directory, everySteps, epochs, kept, best, labels, table, notes);
    }

    /**
     * Returns a copy that keeps the given number of files. With 0 only the {@link #best} is stored, as with
     * {@code save_best_only} of Keras.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Checkpoint keep(int last) {
        requireAtLeast(0, last, "checkpoints to keep");
        return new Checkpoint(directory, everySteps, everyEpochs, last, best, labels, table, notes);
    }

    /**
     * Returns a copy that also writes {@code best.safetensors} after each epoch that is better than all before it. An
     * epoch whose value, weights or states are NaN or infinite is not.
     *
     * @param metric {@code loss}, or the name of a metric of the fit: on the validation set if there is one, else in
     *     training
     * @param mode whether small or large values are good
     */
    public Checkpoint best(String metric, Mode mode) {
        return new Checkpoint(
                directory, everySteps, everyEpochs, kept, Optional.of(new Best(metric, mode)), labels, table, notes);
    }

    /** Returns a copy that writes the names of the classes into each file: {@link ModelFile#withLabels}. */
    public Checkpoint labels(List<String> names) {
        return new Checkpoint(directory, everySteps, everyEpochs, kept, best, names, table, notes);
    }

    /**
     * Returns a copy that writes the encoding of a table into each file, and the labels of its classes, so that a
     * checkpoint answers for rows of the table: {@link ModelFile#withTable}.
     */
    public Checkpoint table(TableEncoding encoding) {
        return new Checkpoint(directory, everySteps, everyEpochs, kept, best, labels, Optional.of(encoding), notes);
    }

    /** Returns a copy that writes these lines into each file, for the program that resumes the run. */
    public Checkpoint notes(List<String> lines) {
        return new Checkpoint(directory, everySteps, everyEpochs, kept, best, labels, table, lines);
    }

    private static void requireAtLeast(long least, long number, String what) {
        if (number < least) {
            throw new IllegalArgumentException("There are " + number + " " + what + "\n  expected at least " + least);
        }
    }

    /** The metric that decides which epoch is the best. */
    Optional<String> metric() {
        return best.map(Best::metric);
    }

    CheckpointDirectory directory() {
        return directory;
    }

    /** Checks before the first step that checkpoints can be written to the locked directory. */
    void start(Sequential model, Optional<Path> resumedFrom) {
        try {
            if (!started && directory.hasCheckpoints() && !isIn(resumedFrom)) {
                throw new IllegalArgumentException("There are checkpoints of another run in " + directory
                        + "\n  expected an empty directory for a run that starts"
                        + "\n  fix: give another directory, or resume that run: fit.resume(directory)");
            }
            started = true;
            file(model).requireStorable();
            directory.prepare();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private boolean isIn(Optional<Path> resumedFrom) {
        return resumedFrom.map(directory::holds).orElse(false);
    }

    boolean isDueAfterStep(long step) {
        return kept > 0 && step % everySteps == 0;
    }

    /** Whether a run that ends in mid-epoch is stored. */
    boolean isDueAtEnd() {
        return kept > 0;
    }

    boolean isDueAfterEpoch(int epoch, boolean last) {
        return kept > 0 && (last || epoch % everyEpochs == 0);
    }

    /**
     * Whether {@link #storeBest} is due after this epoch. Called once for each epoch, because it updates the best
     * value.
     */
    boolean isBestSoFar(Sequential model, EpochResult result) {
        return best.isPresent() && best.get().isBestSoFar(model, result);
    }

    /** Says that a run has left no best file, if it was to leave one. */
    Optional<String> missingBest() {
        return best.filter(value -> !value.isPresent())
                .map(value -> directory.best() + " was not written: no epoch had finite weights and a finite "
                        + value.metric()
                        + "\n  fix: look for NaN and infinity in the data, or lower the learning rate");
    }

    /** Writes a checkpoint under the number of its step, and deletes the checkpoints that are not kept. */
    void store(CheckpointFile checkpoint) {
        long step = checkpoint.run().steps();
        write(checkpoint, directory.ofStep(step));
        try {
            directory.keepLast(kept, step);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "An old checkpoint in " + directory + " cannot be deleted: " + FileProblem.describe(e), e);
        }
    }

    void storeBest(CheckpointFile checkpoint) {
        write(checkpoint, directory.best());
    }

    private void write(CheckpointFile checkpoint, Path path) {
        try {
            checkpoint.save(path);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    directory.exists()
                            ? "The run has ended at step " + checkpoint.run().steps() + ": " + e.getMessage()
                                    + "\n  the earlier checkpoints are whole: resume from the last of them"
                            : "The run has ended at step " + checkpoint.run().steps() + ": the directory " + directory
                                    + " has been deleted, with its checkpoints"
                                    + "\n  expected it to stay until the run ends"
                                    + "\n  fix: start a new run, and leave its directory in place",
                    e);
        }
    }

    ModelFile file(Sequential model) {
        ModelFile file = ModelFile.of(model).withLabels(labels);
        return table.map(file::withTable).orElse(file);
    }

    List<String> notes() {
        return notes;
    }

    /** The best value so far, which is stored with the state of the callbacks. */
    Resumable state() {
        return best.isPresent() ? best.get() : STATELESS;
    }
}
