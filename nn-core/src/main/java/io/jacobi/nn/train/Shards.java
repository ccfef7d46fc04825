package io.jacobi.nn.train;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Splits a batch over threads and adds up the gradients in a fixed order, so that the result depends on the number of threads and
 * never on their timing. BLAS itself stays on the thread that calls it.
 */
final class Shards implements AutoCloseable {

    private final int capacity;
    private final Shape target;
    private final List<Shard> shards = new ArrayList<>();
    private final ExecutorService others;
    private int used;

    /** For batches of up to {@code capacity} examples on {@code threads} threads, the calling one included. */
    Shards(Sequential model, Loss loss, Shape target, int capacity, int threads) {
        this.capacity = capacity;
        this.target = target;
        int parts = Math.min(threads, capacity);
        for (int i = 0; i < parts; i++) {
            shards.add(new Shard(model, loss, target, part(capacity, parts)));
        }
        this.others = Executors.newFixedThreadPool(Math.max(1, parts - 1), Shards::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "jacobi-trainer");
        thread.setDaemon(true);
        return thread;
    }

    private static int part(int size, int parts) {
        return (size + parts - 1) / parts;
    }

    /** Whether a batch of this size, with targets of this shape, fits the buffers. */
    boolean hold(int size, Shape targetShape) {
        return size <= capacity && targetShape.equals(target);
    }

    /** Computes loss and gradient of the batch: afterwards {@link #gradients()} is the gradient of the mean loss, returned. */
    double compute(Batch batch, long step) {
        int part = part(batch.size(), Math.min(shards.size(), batch.size()));
        used = part(batch.size(), part);
        List<Future<?>> running = new ArrayList<>(used);
        for (int i = 1; i < used; i++) {
            Shard shard = shards.get(i);
            int first = i * part;
            int count = Math.min(part, batch.size() - first);
            running.add(others.submit(() -> shard.compute(batch, first, count, step)));
        }
        try {
            shards.get(0).compute(batch, 0, Math.min(part, batch.size()), step);
        } finally {
            // whatever happened here, nobody may still be writing to the buffers when this method is left
            awaitAll(running);
        }
        return combine();
    }

    /** Waits for all before it throws what the first that failed has thrown. */
    private static void awaitAll(List<Future<?>> running) {
        RuntimeException failure = null;
        for (Future<?> work : running) {
            try {
                await(work);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void await(Future<?> work) {
        boolean interrupted = false;
        while (true) {
            try {
                work.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a training thread failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The mean over the batch is the weighted mean of the parts' means, and so is its gradient. */
    private double combine() {
        Shard first = shards.get(0);
        if (used == 1) {
            return first.loss();
        }
        double total =
                shards.subList(0, used).stream().mapToDouble(Shard::weight).sum();
        double loss = first.loss() * first.weight() / total;
        if (first.workspace().model().parameterCount() == 0) {
            return loss;
        }
        Vectors.scale(first.workspace().scratch(), first.weight() / total, gradients());
        for (Shard shard : shards.subList(1, used)) {
            double share = shard.weight() / total;
            loss += shard.loss() * share;
            Vectors.addScaled(
                    first.workspace().scratch(), share, shard.workspace().gradients(), gradients());
        }
        return loss;
    }

    /** The gradient of the mean loss, in the layout of the model's weights. */
    INDArray gradients() {
        return shards.get(0).workspace().gradients();
    }

    /** Adds the predictions of the last batch to a metric, in the batch's order. */
    void measure(Metric.Accumulator metric) {
        for (Shard shard : shards.subList(0, used)) {
            metric.add(
                    shard.workspace().output(),
                    shard.target(),
                    shard.workspace().scratch());
        }
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
        others.shutdown();
        shards.forEach(Shard::close);
    }
}
