package io.jacobi.nn.train;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Stepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model by mini-batch gradient descent. {@link #fit} runs epochs; {@link #step} makes one optimizer step, for those who
 * write their own loop.
 *
 * <pre>{@code
 * try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1))) {
 *     History history = trainer.fit(Mnist.train(), epochs(5).batchSize(128));
 * }
 * }</pre>
 *
 * <p>One thread at a time. The trainer keeps the optimizer's moments and the number of steps made, so that a second fit goes on
 * where the first ended.
 */
public final class Trainer implements AutoCloseable {

    private final Sequential model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final int threads;
    private final Stepper stepper;
    private @Nullable Shards shards;
    private long steps;
    private long epochs;
    private boolean closed;

    private Trainer(Sequential model, Loss loss, Optimizer optimizer, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("The number of threads is " + threads + "\n  expected at least 1");
        }
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.threads = threads;
        this.stepper = optimizer.start(model.weights(), model.parameters());
    }

    /** A trainer on {@link #defaultThreads()} threads. */
    public static Trainer of(Sequential model, Loss loss, Optimizer optimizer) {
        return new Trainer(model, loss, optimizer, defaultThreads());
    }

    /** A trainer that splits each batch over so many threads. The result depends on their number, in the last digits only. */
    public static Trainer of(Sequential model, Loss loss, Optimizer optimizer, int threads) {
        return new Trainer(model, loss, optimizer, threads);
    }

    /** One thread for each processor, up to 8: docs/benchmarks.md has the measurement. */
    public static int defaultThreads() {
        return Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** On how many threads a batch is split: one, if a layer's output for an example depends on the rest of the batch. */
    public int threads() {
        return model.layers().stream().anyMatch(Layer::couplesExamples) ? 1 : threads;
    }

    /** How many optimizer steps were made. */
    public long steps() {
        return steps;
    }

    /**
     * Makes one optimizer step on this batch and returns its mean loss before the step.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the model or the targets the loss
     * @throws NonFiniteLossException if the loss is NaN or infinite; the weights are unchanged then
     */
    public double step(Batch batch) {
        Compatibility.check(model, loss, batch.features(), batch.data().target());
        return step(batch, shardsFor(batch));
    }

    private double step(Batch batch, Shards parts) {
        double value = parts.compute(batch, steps);
        if (!Double.isFinite(value)) {
            OptionalInt layer = parts.firstNonFiniteLayer();
            throw new NonFiniteLossException(
                    steps,
                    value,
                    layer.isPresent()
                            ? "layer " + (layer.getAsInt() + 1) + " of "
                                    + model.layers().size() + ", " + model.label(layer.getAsInt())
                            : "the loss itself, all layers are finite");
        }
        if (model.parameterCount() > 0) {
            stepper.step(parts.gradients(), optimizer.rate().rateAt(steps));
        }
        steps++;
        return value;
    }

    /**
     * Trains on every example of {@code data}, so many times as {@code fit} says.
     *
     * @return what each epoch brought
     * @throws io.jacobi.nn.ShapeException if the data do not fit the model or the loss; nothing has changed then
     * @throws NonFiniteLossException if the loss becomes NaN or infinite
     */
    public History fit(Dataset data, Fit fit) {
        Compatibility.check(model, loss, data);
        fit.validation().ifPresent(validation -> Compatibility.check(model, loss, validation));
        Batches batches =
                Batches.shuffled(data, fit.batchSize(), fit.shuffleSeed().orElse(model.seed()));
        Progress progress = new Progress(model, fit.epochs(), batches.count());
        List<EpochResult> results = new ArrayList<>();
        for (int epoch = 1; epoch <= fit.epochs() && !progress.isStopping(); epoch++) {
            progress.startEpoch(epoch);
            EpochResult result = epoch(batches, fit, progress);
            results.add(result);
            fit.callbacks().forEach(callback -> callback.afterEpoch(progress, result));
        }
        return new History(results);
    }

    private EpochResult epoch(Batches batches, Fit fit, Progress progress) {
        fit.callbacks().forEach(callback -> callback.beforeEpoch(progress));
        Map<String, Metric.Accumulator> counts = new LinkedHashMap<>();
        fit.metrics().forEach(metric -> counts.put(metric.name(), metric.start()));
        double sum = 0;
        long examples = 0;
        long nanos = 0;
        long started = System.nanoTime();
        for (Batch batch : batches.epoch(epochs)) {
            Shards parts = shardsFor(batch);
            double value = step(batch, parts);
            counts.values().forEach(parts::measure);
            sum += value * batch.size();
            examples += batch.size();
            nanos += System.nanoTime() - started;
            progress.finishStep(steps, value);
            fit.callbacks().forEach(callback -> callback.afterStep(progress));
            if (progress.isStopping()) {
                break;
            }
            started = System.nanoTime();
        }
        epochs++;
        Evaluation training = new Evaluation(sum / examples, Evaluator.values(counts));
        Optional<Evaluation> validation =
                fit.validation().map(set -> Evaluator.evaluate(model, loss, set, fit.metrics()));
        return new EpochResult(progress.epoch(), training, validation, nanos / 1e9, examples);
    }

    private Shards shardsFor(Batch batch) {
        if (closed) {
            throw new IllegalStateException("the trainer is closed");
        }
        Shape target = batch.data().target();
        if (shards == null || !shards.hold(batch.size(), target)) {
            if (shards != null) {
                shards.close();
            }
            shards = new Shards(model, loss, target, batch.size(), threads());
        }
        return shards;
    }

    /** Frees the buffers. The model stays. */
    @Override
    public void close() {
        closed = true;
        if (shards != null) {
            shards.close();
        }
    }
}
