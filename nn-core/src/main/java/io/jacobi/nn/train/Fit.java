package io.jacobi.nn.train;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.model.Sequential;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of one call of {@link Trainer#fit}, starting from {@link #epochs(int)}:
 *
 * <pre>{@code
 * trainer.fit(train, epochs(5).batchSize(128).validation(test).metrics(new Accuracy()));
 * }</pre>
 *
 * @param epochs the number of times that each example is seen
 * @param batchSize the number of examples in one optimizer step; the last batch of an epoch may be smaller
 * @param shuffleSeed decides the order of the examples; the model's seed if absent
 * @param validation a data set to evaluate after each epoch
 * @param metrics evaluated over the training batches and the validation set
 * @param callbacks called in this order
 * @param checkpoints written after the callbacks are called
 * @param resume the checkpoint, or the directory of checkpoints, to resume from
 */
public record Fit(
        int epochs,
        int batchSize,
        Optional<Long> shuffleSeed,
        Optional<Dataset> validation,
        List<Metric> metrics,
        List<Callback> callbacks,
        List<Checkpoint> checkpoints,
        Optional<Path> resume) {

    /** The default of Keras. */
    private static final int DEFAULT_BATCH_SIZE = 32;

    public Fit {
        if (epochs < 1) {
            throw new IllegalArgumentException("The number of epochs is " + epochs + "\n  expected at least 1");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size is " + batchSize + "\n  expected at least 1");
        }
        metrics = List.copyOf(metrics);
        callbacks = List.copyOf(callbacks);
        checkpoints = List.copyOf(checkpoints);
    }

    /** Returns settings with the given number of epochs, batches of 32, and nothing else. */
    public static Fit epochs(int epochs) {
        return new Fit(
                epochs,
                DEFAULT_BATCH_SIZE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** Returns a copy with another batch size. */
    public Fit batchSize(int size) {
        return new Fit(epochs, size, shuffleSeed, validation, metrics, callbacks, checkpoints, resume);
    }

    /** Returns a copy in which this seed decides the order of the examples. */
    public Fit shuffleSeed(long seed) {
        return new Fit(epochs, batchSize, Optional.of(seed), validation, metrics, callbacks, checkpoints, resume);
    }

    /** Returns a copy with a data set to evaluate after each epoch. */
    public Fit validation(Dataset data) {
        return new Fit(epochs, batchSize, shuffleSeed, Optional.of(data), metrics, callbacks, checkpoints, resume);
    }

    /** Returns a copy with more metrics. */
    public Fit metrics(Metric... more) {
        List<Metric> all = Stream.concat(metrics.stream(), Stream.of(more)).toList();
        return new Fit(epochs, batchSize, shuffleSeed, validation, all, callbacks, checkpoints, resume);
    }

    /** Returns a copy with more callbacks. */
    public Fit callbacks(Callback... more) {
        List<Callback> all = Stream.concat(callbacks.stream(), Stream.of(more)).toList();
        return new Fit(epochs, batchSize, shuffleSeed, validation, metrics, all, checkpoints, resume);
    }

    /** Returns a copy with one more checkpoint, which stores the run in its directory while the run lasts. */
    public Fit checkpoint(Checkpoint more) {
        List<Checkpoint> all =
                Stream.concat(checkpoints.stream(), Stream.of(more)).toList();
        return new Fit(epochs, batchSize, shuffleSeed, validation, metrics, callbacks, all, resume);
    }

    /**
     * Returns a copy that resumes a run from a checkpoint: the final weights are the same to the bit as if the run had
     * never stopped. The trainer and all settings here must be the same as in the first run, except that the number of
     * epochs may be larger; it includes the epochs that are done. A cosine or one-cycle schedule may then be made for the
     * new number of steps: the steps that are made keep their rates, and the rest follow the new schedule. Otherwise fit
     * throws an exception that names the differences. The trainer's model is overwritten.
     *
     * <p>If the BLAS kernel, a version or the platform is another one than the checkpoint names, the last digits may
     * differ; {@link History#warnings} says so.
     *
     * @param fileOrDirectory a file that {@link Checkpoint} wrote, or its directory, of which the newest undamaged file
     *     is used
     */
    public Fit resume(Path fileOrDirectory) {
        return new Fit(
                epochs,
                batchSize,
                shuffleSeed,
                validation,
                metrics,
                callbacks,
                checkpoints,
                Optional.of(fileOrDirectory));
    }

    /** The seed that decides the order of the examples. */
    long shuffleSeedFor(Sequential model) {
        return shuffleSeed.orElse(model.seed());
    }

    /** The number of examples in the largest batch. */
    int largestBatch(Dataset data) {
        return Math.min(batchSize, data.size());
    }
}
