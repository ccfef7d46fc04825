package io.jacobi.nn.train;

import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores a run while it lasts, so that another process can go on from there to the same weights, to the bit.
 *
 * <pre>{@code
 * Fit fit = epochs(20).batchSize(128).validation(test).metrics(new Accuracy());
 * trainer.fit(train, fit.callbacks(Checkpoint.in(directory).everySteps(500).best("accuracy", Mode.MAX)));
 *
 * // after a crash, with a trainer that was made as the first:
 * trainer.fit(train, fit.callbacks(...).resume(directory));
 * }</pre>
 *
 * A checkpoint is written after every epoch, after the last one in any case, and after every so many steps if asked for. It holds the
 * model, the optimizer's moments, the position in the epoch, the history, and what the other callbacks and the metrics {@linkplain
 * Resumable remember}; it is a model file too. The last three are kept, each is written whole or not at all, and an old one is
 * deleted when the new one is on the disk: whenever the process dies, the last good one can be loaded. See docs/checkpoints.md.
 *
 * <p>It is called after all other callbacks. The methods that set something return a new callback.
 *
 * @see Fit#resume
 */
public final class Checkpoint implements Callback {

    /** Which values of a metric are better. */
    public enum Mode {
        MIN,
        MAX
    }

    private static final int DEFAULT_KEPT = 3;

    private final CheckpointDirectory directory;
    private final long everySteps;
    private final int everyEpochs;
    private final int kept;
    private final Optional<Best> best;
    private final List<String> labels;
    private final List<String> notes;
    private boolean begun;

    private Checkpoint(
            CheckpointDirectory directory,
            long everySteps,
            int everyEpochs,
            int kept,
            Optional<Best> best,
            List<String> labels,
            List<String> notes) {
        this.directory = directory;
        this.everySteps = everySteps;
        this.everyEpochs = everyEpochs;
        this.kept = kept;
        this.best = best.map(Best::forgetful);
        this.labels = List.copyOf(labels);
        this.notes = List.copyOf(notes);
    }

    /** After each epoch, into this directory, which is made if need be and belongs to one run. */
    public static Checkpoint in(Path directory) {
        return new Checkpoint(
                CheckpointDirectory.at(directory),
                Long.MAX_VALUE,
                1,
                DEFAULT_KEPT,
                Optional.empty(),
                List.of(),
                List.of());
    }

    /**
     * The same, and within epochs after every so many optimizer steps.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Checkpoint everySteps(long steps) {
        requireAtLeast(1, steps, "steps between two checkpoints");
        return new Checkpoint(directory, steps, everyEpochs, kept, best, labels, notes);
    }

    /**
     * The same after every so many epochs, and the last.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Checkpoint everyEpochs(int epochs) {
        requireAtLeast(1, epochs, "epochs between two checkpoints");
        return new Checkpoint(directory, everySteps, epochs, kept, best, labels, notes);
    }

    /**
     * The same, keeping so many. With 0 there is only the {@link #best}, as with {@code save_best_only} of Keras.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Checkpoint keep(int last) {
        requireAtLeast(0, last, "checkpoints to keep");
        return new Checkpoint(directory, everySteps, everyEpochs, last, best, labels, notes);
    }

    /**
     * The same, and {@code best.safetensors} is the one after the best epoch so far.
     *
     * @param metric {@code loss}, or the name of a metric of the fit: on the validation set if there is one, else in training
     * @param mode whether small or large values are good
     */
    public Checkpoint best(String metric, Mode mode) {
        return new Checkpoint(
                directory, everySteps, everyEpochs, kept, Optional.of(new Best(metric, mode)), labels, notes);
    }

    /** The same with names of the classes in each file: {@link ModelFile#withLabels}. */
    public Checkpoint labels(List<String> names) {
        return new Checkpoint(directory, everySteps, everyEpochs, kept, best, names, notes);
    }

    /** The same with lines in each file that mean something to whoever resumes the run. */
    public Checkpoint notes(List<String> lines) {
        return new Checkpoint(directory, everySteps, everyEpochs, kept, best, labels, lines);
    }

    private static void requireAtLeast(long least, long number, String what) {
        if (number < least) {
            throw new IllegalArgumentException("There are " + number + " " + what + "\n  expected at least " + least);
        }
    }

    /** Finds out before the first step whether checkpoints can be written. */
    void begin(Sequential model, Optional<Path> resumedFrom) {
        try {
            if (!begun && directory.hasCheckpoints() && !isIn(resumedFrom)) {
                throw new IllegalArgumentException("There are checkpoints of another run in " + directory
                        + "\n  expected an empty directory for a run that begins"
                        + "\n  fix: give another directory, or go on with that run: fit.resume(directory)");
            }
            begun = true;
            file(model).requireStorable();
            directory.prepare();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private boolean isIn(Optional<Path> resumedFrom) {
        return resumedFrom.map(directory::holds).orElse(false);
    }

    @Override
    public void afterStep(Progress progress) {
        if (progress.step() % everySteps == 0) {
            store(progress);
        }
    }

    @Override
    public void afterEpoch(Progress progress, EpochResult result) {
        // the best goes first: the other one says that it is there
        if (best.isPresent() && best.get().isBestSoFar(result)) {
            write(progress, directory.best());
        }
        boolean last = progress.epoch() == progress.epochs() || progress.isStopping();
        if (last || progress.epoch() % everyEpochs == 0) {
            store(progress);
        }
    }

    private void store(Progress progress) {
        if (kept > 0) {
            write(progress, directory.ofStep(progress.step()));
            try {
                directory.keepLast(kept, progress.step());
            } catch (IOException e) {
                throw new UncheckedIOException("An old checkpoint in " + directory + " cannot be deleted", e);
            }
        }
    }

    private void write(Progress progress, Path path) {
        try {
            progress.run().checkpoint(file(progress.model()), notes).save(path);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The checkpoint " + path + " cannot be written: " + e.getMessage()
                            + "\n  those before it are whole\n  fix: make room, and resume from the last of them",
                    e);
        }
    }

    private ModelFile file(Sequential model) {
        return ModelFile.of(model).withLabels(labels);
    }

    @Override
    public Map<String, Double> memory() {
        return best.map(Best::memory).orElse(Map.of());
    }

    @Override
    public void remember(Map<String, Double> memory) {
        best.ifPresent(b -> b.remember(memory));
    }
}
