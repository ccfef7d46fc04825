package io.jacobi.nn.train;

import io.jacobi.nn.data.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do in one call of {@link Trainer#fit}. Starts from {@link #epochs(int)}:
 *
 * <pre>{@code
 * trainer.fit(train, epochs(5).batchSize(128).validation(test).metrics(new Accuracy()));
 * }</pre>
 *
 * @param epochs how often each example is seen
 * @param batchSize examples in one optimizer step; the last batch of an epoch may be smaller
 * @param shuffleSeed decides the order of the examples; the model's seed if absent
 * @param validation evaluated after each epoch
 * @param metrics counted over the training batches and the validation set
 * @param callbacks called in order
 * @param checkpoints written after the callbacks were called
 * @param resume a checkpoint to go on from, or a directory of them
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

    /** So many epochs, batches of 32, nothing else. */
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

    /** Returns a copy with the order of the examples decided by this seed. */
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

    /** Returns a copy with one checkpoint more: the run is stored in its directory while it lasts. */
    public Fit checkpoint(Checkpoint more) {
        List<Checkpoint> all =
                Stream.concat(checkpoints.stream(), Stream.of(more)).toList();
        return new Fit(epochs, batchSize, shuffleSeed, validation, metrics, callbacks, all, resume);
    }

    /**
     * The same, going on from a checkpoint as if the run had never stopped: the final weights are the same to the bit. The trainer must
     * be made as the first was, and everything else here must be the same but for the number of epochs, which counts those that are
     * done already; fit says what differs. The trainer's model is overwritten.
     *
     * @param fileOrDirectory a file that {@link Checkpoint} wrote, or its directory: the newest in it that is not damaged
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
}
