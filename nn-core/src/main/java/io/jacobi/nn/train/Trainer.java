package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.RunRecord;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Stepper;
import io.jacobi.nn.train.Phases.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

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
 * where the first ended. The methods that set something return a new trainer that has made no step.
 */
public final class Trainer implements AutoCloseable {

    private final Sequential model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final OptionalInt threads;
    private final List<Penalty> penalties;
    private final Optional<GradientClip> clip;
    private final boolean profiled;
    private final Profiler profiler = new Profiler();
    private final Phases phases = new Phases();
    private final Scratch scratch = new Scratch();
    private @Nullable Stepper stepper;
    private @Nullable Shards shards;
    private long steps;
    private long epochs;
    private double rateFactor = 1;
    private double gradientNorm = Double.NaN;
    private boolean closed;

    private Trainer(
            Sequential model,
            Loss loss,
            Optimizer optimizer,
            OptionalInt threads,
            List<Penalty> penalties,
            Optional<GradientClip> clip,
            boolean profiled) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.threads = threads;
        this.penalties = penalties;
        this.clip = clip;
        this.profiled = profiled;
    }

    /**
     * A trainer that splits batches over as many threads as is fastest: one for small networks, else one for each processor.
     * {@link #threads(int)} fixes the number, for results that do not depend on the machine.
     *
     * @throws IllegalArgumentException if the loss would misread the model's output, such as probabilities for logits
     */
    public static Trainer of(Sequential model, Loss loss, Optimizer optimizer) {
        Compatibility.check(model, loss);
        return new Trainer(model, loss, optimizer, OptionalInt.empty(), List.of(), Optional.empty(), false);
    }

    /**
     * The same, each batch split over so many threads. The result depends on their number, in the last digits only.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Trainer threads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("The number of threads is " + number + "\n  expected at least 1");
        }
        return new Trainer(model, loss, optimizer, OptionalInt.of(number), penalties, clip, profiled);
    }

    /** The same with more terms added to the loss. */
    public Trainer penalties(Penalty... more) {
        List<Penalty> all = Stream.concat(penalties.stream(), Stream.of(more)).toList();
        return new Trainer(model, loss, optimizer, threads, all, clip, profiled);
    }

    /** The same with gradients clipped before each optimizer step, penalties included. */
    public Trainer clip(GradientClip gradients) {
        return new Trainer(model, loss, optimizer, threads, penalties, Optional.of(gradients), profiled);
    }

    /** The same, taking the time of every layer: see {@link #profile}. */
    public Trainer profiled() {
        return new Trainer(model, loss, optimizer, threads, penalties, clip, true);
    }

    /** Over how many threads batches are split whose largest has so many examples. */
    public int threadsFor(int batchSize) {
        return Math.min(batchSize, Threads.choose(model, threads, batchSize));
    }

    /** How many optimizer steps were made. */
    public long steps() {
        return steps;
    }

    /** The norm of the last gradient, before it was clipped; NaN without {@link #clip}. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** What the schedule's rate is multiplied with. */
    double rateFactor() {
        return rateFactor;
    }

    /** Multiplies the schedule's rates from now on. */
    void scaleRate(double factor) {
        rateFactor *= factor;
    }

    /**
     * Makes one optimizer step on this batch and returns its mean loss before the step, penalties included.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the model or the targets the loss
     * @throws NonFiniteLossException if the loss is NaN or infinite; the weights are unchanged then
     */
    public double step(Batch batch) {
        Compatibility.check(model, loss, batch.data());
        return step(batch, shardsFor(batch, batch.size()));
    }

    double step(Batch batch, Shards parts) {
        long started = System.nanoTime();
        double value = parts.compute(batch, steps);
        if (!Double.isFinite(value)) {
            throw new NonFiniteLossException(steps, value, nameOf(parts.firstNonFiniteLayer()));
        }
        if (model.parameterCount() > 0) {
            phases.start();
            INDArray gradients = parts.gradients();
            for (Penalty penalty : penalties) {
                value += penalty.valueAndAddGradient(model.weights(), model.parameters(), gradients, scratch);
            }
            if (clip.isPresent()) {
                gradientNorm = clip.get().apply(gradients, scratch);
            }
            phases.end(Phase.GRADIENTS);
            stepper().step(gradients, rate(), parts.split());
            phases.end(Phase.OPTIMIZER);
        }
        steps++;
        profiler.step(System.nanoTime() - started);
        return value;
    }

    private double rate() {
        double rate = rateFactor * optimizer.rate().rateAt(steps);
        if (!(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("The schedule gives the learning rate " + rate + " at step " + steps
                    + "\n  expected a finite number, at least 0");
        }
        return rate;
    }

    private String nameOf(OptionalInt layer) {
        if (layer.isEmpty()) {
            return "the loss itself, all layers are finite";
        }
        String name = "layer " + (layer.getAsInt() + 1) + " of "
                + model.layers().size() + ", " + model.label(layer.getAsInt());
        boolean finiteWeights = model.parameterCount() == 0 || Vectors.isFinite(scratch, model.weights());
        return finiteWeights ? name : name + "; the weights are not finite either, since an earlier step";
    }

    private Stepper stepper() {
        if (stepper == null) {
            stepper = optimizer.start(model.weights(), model.parameters());
        }
        return stepper;
    }

    /**
     * Trains on every example of {@code data}, so many times as {@code fit} says.
     *
     * @return what each epoch brought, those before a {@linkplain Fit#resume resumed} checkpoint included
     * @throws IllegalArgumentException if the run that is to be resumed was another
     * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
     * @throws io.jacobi.nn.ShapeException if the data do not fit the model or the loss; nothing has changed then
     * @throws NonFiniteLossException if the loss becomes NaN or infinite
     */
    public History fit(Dataset data, Fit fit) {
        Compatibility.check(model, loss, data);
        fit.validation().ifPresent(validation -> Compatibility.check(model, loss, validation));
        return new TrainingRun(this, model, data, fit).run();
    }

    Evaluation evaluate(Dataset data, List<Metric> metrics) {
        return Evaluator.evaluate(model, loss, data, metrics);
    }

    /** How many epochs were made, in all fits. */
    long epochs() {
        return epochs;
    }

    void finishEpoch() {
        epochs++;
    }

    /** What the optimizer remembers: live and not a copy. */
    Map<String, INDArray> moments() {
        return model.parameterCount() == 0 ? Map.of() : stepper().state();
    }

    /** How many steps the optimizer has counted. */
    long optimizerSteps() {
        return model.parameterCount() == 0 ? 0 : stepper().steps();
    }

    /** Adds what decides the results of this trainer. */
    RunSettings describe(RunSettings settings, int batchSize) {
        return settings.with("data type", model.dataType())
                .with("model's seed", model.seed())
                .with("loss", loss)
                .with("optimizer", optimizer)
                .with("penalties", penalties)
                .with("clip", clip.map(Object::toString).orElse(""))
                .with("threads", threadsFor(batchSize));
    }

    /** Goes on from where another trainer was; nothing has changed if the moments do not fit. */
    void restore(RunRecord run, Map<String, INDArray> moments, Sequential stored) {
        if (model.parameterCount() > 0) {
            stepper().restore(moments, run.optimizerSteps());
        }
        Vectors.copy(stored.weights(), model.weights());
        Vectors.copy(stored.state(), model.state());
        steps = run.steps();
        epochs = run.epochs();
        rateFactor = run.rateFactor();
    }

    /** Buffers for batches of up to {@code capacity} examples, if those that there are do not hold this one. */
    Shards shardsFor(Batch batch, int capacity) {
        if (closed) {
            throw new IllegalStateException("the trainer is closed");
        }
        Shape target = batch.data().target();
        if (shards == null || !shards.hold(batch.size(), target)) {
            closeShards();
            shards = new Shards(model, loss, target, capacity, threadsFor(capacity));
            if (profiled) {
                profiler.begin(shards);
            }
        }
        return shards;
    }

    /**
     * Where the time of the steps made so far went.
     *
     * @throws IllegalStateException if this trainer is not {@link #profiled}, or has made no step
     */
    public StepProfile profile() {
        if (!profiled) {
            throw new IllegalStateException("the trainer takes no time\n  fix: train with trainer.profiled()");
        }
        return profiler.profile(model, shards == null ? new Phases() : shards.phases(), phases);
    }

    /** Frees the buffers. The model stays. */
    @Override
    public void close() {
        closed = true;
        closeShards();
    }

    private void closeShards() {
        if (shards != null) {
            profiler.end(shards);
            shards.close();
            shards = null;
        }
    }
}
