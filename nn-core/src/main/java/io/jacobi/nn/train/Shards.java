package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.LayerClock;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Splits a batch into parts, computes them on threads and adds up the gradients in a fixed order, so that the result
 * depends on the number of parts and never on timing or on the number of threads that compute the parts. BLAS itself
 * stays on the thread that calls it.
 */
final class Shards implements AutoCloseable {

    private final int capacity;
    private final Shape target;
    private final List<Shard> shards = new ArrayList<>();
    private final WorkerThreads workers;
    private final Optional<ThreadChoice> choice;
    private final Phases phases = new Phases();
    private int used;

    /**
     * For batches of up to {@code capacity} examples, cut into one part for each of {@code threads} threads, the
     * calling one included.
     *
     * @param adapts whether fewer threads compute the parts when steps are faster that way
     */
    Shards(Sequential model, Loss loss, Shape target, int capacity, int threads, boolean adapts) {
        this.capacity = capacity;
        this.target = target;
        int parts = Math.min(threads, capacity);
        for (int i = 0; i < parts; i++) {
            shards.add(new Shard(model, loss, target, part(capacity, parts)));
        }
        this.workers = new WorkerThreads(parts - 1);
        this.choice = adapts ? Optional.of(new ThreadChoice(parts)) : Optional.empty();
    }

    private static int part(int size, int parts) {
        return (size + parts - 1) / parts;
    }

    /** Whether a batch of this size, with targets of this shape, fits the buffers. */
    boolean hold(int size, Shape targetShape) {
        return size <= capacity && targetShape.equals(target);
    }

    /**
     * Returns the mean loss of the batch. Afterwards {@link #gradients()} has its gradient, unless nothing in the batch
     * counts: then the loss and {@link #divisor()} are 0, and there is no gradient.
     */
    double compute(Batch batch, long step) {
        if (batch.size() == 0) {
            used = 0;
            return 0;
        }
        int part = part(batch.size(), Math.min(shards.size(), batch.size()));
        used = part(batch.size(), part);
        workers.run(used, i -> {
            int first = i * part;
            shards.get(i).compute(batch, first, Math.min(part, batch.size() - first), step);
        });
        phases.start();
        double loss = combine();
        phases.end(Phases.Phase.GRADIENTS);
        return loss;
    }

    /** Computes the parts by this number of threads from now on, from 1 to the number of parts. */
    void use(int threads) {
        workers.use(threads);
    }

    /** Counts the time of a whole step on {@code size} examples, for the choice of the number of threads. */
    void took(long nanos, int size) {
        // the last batch of an epoch may be smaller and so faster
        if (choice.isPresent() && size == capacity) {
            choice.get().took(nanos);
            use(choice.get().threads());
        }
    }

    /** The mean over the batch is the weighted mean of the parts' means, and so is its gradient. */
    private double combine() {
        Shard first = shards.get(0);
        double total = divisor();
        if (total == 0) {
            return 0;
        }
        if (used == 1) {
            return first.loss();
        }
        double share = first.divisor() / total;
        double loss = share * first.loss();
        double shareOfSum = share;
        for (Shard shard : shards.subList(1, used)) {
            share = shard.divisor() / total;
            loss += share * shard.loss();
            if (first.workspace().model().parameterCount() > 0) {
                add(share, shard.workspace().gradients(), shareOfSum);
            }
            // from now on the sum already has its weight
            shareOfSum = 1;
        }
        return loss;
    }

    /** gradients = share · other + shareOfSum · gradients. */
    private void add(double share, INDArray other, double shareOfSum) {
        INDArray sum = gradients();
        workers.run(
                (int) sum.length(),
                (part, from, to) -> Vectors.addScaled(
                        shards.get(part).workspace().scratch(), share, other, shareOfSum, sum, from, to));
    }

    /** Splits loops over the weights, over the threads that compute the parts. */
    Split split() {
        return workers;
    }

    /** The number that the mean of the last batch was divided by, which is its weight in the mean of an epoch. */
    double divisor() {
        double sum = 0;
        for (Shard shard : shards.subList(0, used)) {
            sum += shard.divisor();
        }
        return sum;
    }

    /** The gradient of the mean loss, in the layout of the model's weights. */
    INDArray gradients() {
        return shards.get(0).workspace().gradients();
    }

    /** Takes the time of every layer from now on, in each part. */
    List<LayerClock> time() {
        return shards.stream().map(Shard::time).toList();
    }

    /** The time of each phase, summed over all parts. */
    Phases phases() {
        Phases sum = new Phases();
        sum.add(phases);
        shards.forEach(shard -> sum.add(shard.phases()));
        return sum;
    }

    /** Adds the predictions of the last batch to a metric, in the batch's order. */
    void measure(Metric.Accumulator metric) {
        for (Shard shard : shards.subList(0, used)) {
            shard.measure(metric);
        }
    }

    /** Describes the first feature or target of the last batch that is not finite, if there is one. */
    Optional<String> firstNonFiniteInput() {
        return shards.subList(0, used).stream()
                .flatMap(shard -> shard.firstNonFiniteInput().stream())
                .findFirst();
    }

    /** The first layer with an output that is not finite, in any part of the last batch. */
    OptionalInt firstNonFiniteLayer() {
        return shards.subList(0, used).stream()
                .map(shard -> shard.workspace().firstNonFiniteLayer())
                .flatMapToInt(OptionalInt::stream)
                .min();
    }

    @Override
    public void close() {
        workers.close();
        shards.forEach(Shard::close);
    }
}
