package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.ExclusiveUse;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import java.util.List;

/**
 * Trains a model by mini-batch gradient descent. {@link #fit} runs epochs; {@link #step} makes one optimizer step, for
 * a training loop of your own.
 *
 * <pre>{@code
 * try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(0.1))) {
 *     History history = trainer.fit(Mnist.train(), epochs(5).batchSize(128));
 * }
 * }</pre>
 *
 * <p>One call at a time: {@link #fit} and {@link #step} throw IllegalStateException while another thread is in one of
 * them, and when a metric, a callback or a data set calls them. {@link #close} may come from any thread. An interrupt of
 * the thread ends a fit after the step, as {@code Ctrl-C} ends a program: see {@link #fit}. The trainer keeps the optimizer's moments and the number of steps made, so that a second fit
 * continues where the first ended. The methods that set something return a new trainer that has made no step.
 */
public final class Trainer implements AutoCloseable {

    private final TrainerSettings settings;
    private final GradientDescent descent;
    private final ExclusiveUse exclusive;

    private Trainer(TrainerSettings settings) {
        this.settings = settings;
        this.descent = new GradientDescent(settings);
        this.exclusive = new ExclusiveUse("the trainer", descent::close);
    }

    /**
     * Returns a trainer that splits batches over the fastest number of threads: one for small networks, otherwise one
     * for each processor. {@link #threads(int)} fixes the number, for results that do not depend on the machine.
     *
     * @throws IllegalArgumentException if the loss would misread the model's output, such as probabilities for logits
     */
    public static Trainer of(Sequential model, Loss loss, Optimizer optimizer) {
        Compatibility.check(model, loss);
        return new Trainer(TrainerSettings.of(model, loss, optimizer));
    }

    /**
     * Returns a trainer with the same settings that splits each batch over the given number of threads. The result
     * depends on the number, in the last digits.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Trainer threads(int number) {
        return new Trainer(settings.withThreads(number));
    }

    /** Returns a trainer with the same settings and more terms added to the loss. */
    public Trainer penalties(Penalty... more) {
        return new Trainer(settings.withPenalties(more));
    }

    /**
     * Returns a trainer with the same settings that clips gradients, penalties included, before each optimizer step.
     */
    public Trainer clip(GradientClip gradients) {
        return new Trainer(settings.withClip(gradients));
    }

    /** Returns a trainer with the same settings that takes the time of every layer: see {@link #profile}. */
    public Trainer profiled() {
        return new Trainer(settings.withProfile());
    }

    /** The number of threads over which batches of up to {@code batchSize} examples are split. */
    public int threadsFor(int batchSize) {
        return settings.threadsFor(batchSize);
    }

    /** The number of optimizer steps made. */
    public long steps() {
        return descent.steps();
    }

    /** The norm of the last gradient, before it was clipped; NaN without {@link #clip}. */
    public double gradientNorm() {
        return descent.gradientNorm();
    }

    /**
     * Makes one optimizer step on this batch and returns its mean loss before the step, penalties included. Examples of
     * weight 0 and of a class that the loss ignores are left out. If no example counts, the loss is 0 and the step is
     * counted, but neither the weights nor the optimizer's moments change.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the model or the targets the loss
     * @throws NonFiniteLossException if the loss is NaN or infinite; the weights are unchanged then
     */
    public double step(Batch batch) {
        Compatibility.check(settings.model(), settings.loss(), batch.data(), List.of());
        exclusive.enter("step");
        try {
            Shards parts = descent.shardsFor(batch, batch.size());
            return descent.step(descent.counted().of(batch), parts);
        } finally {
            exclusive.exit();
        }
    }

    /**
     * Trains on every example of {@code data} that counts, for the number of epochs that {@code fit} has. Examples of
     * weight 0 and of a class that the loss ignores are left out, as if they were not in the data set. A batch in which
     * every class has weight 0 changes nothing.
     *
     * <p>If the thread is interrupted, or the trainer is closed on another thread, the run ends after the current step:
     * checkpoints are stored, the flag of the interrupt is kept, and the result has the epochs that are complete. A run
     * that is resumed from such a checkpoint goes on in mid-epoch.
     *
     * @return the results of each epoch, including the epochs before a {@linkplain Fit#resume resumed} checkpoint
     * @throws IllegalArgumentException if the run that is to be resumed had other settings, a metric cannot judge the
     *     model, or no example counts
     * @throws io.jacobi.nn.loss.ExampleException if a target is impossible; the message names the row of the data set
     * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
     * @throws io.jacobi.nn.ShapeException if the data do not fit the model, the loss or a metric; nothing has changed
     *     then
     * @throws NonFiniteLossException if the loss becomes NaN or infinite
     */
    public History fit(Dataset data, Fit fit) {
        Compatibility.check(settings.model(), settings.loss(), data, fit.metrics());
        fit.validation().ifPresent(set -> Compatibility.check(settings.model(), settings.loss(), set, fit.metrics()));
        exclusive.enter("fit");
        try {
            return new TrainingRun(descent, data, fit, exclusive::isClosed).run();
        } finally {
            exclusive.exit();
        }
    }

    /**
     * Returns the time that the steps made so far took, by layer and direction.
     *
     * @throws IllegalStateException if this trainer is not {@link #profiled}, or has made no step
     */
    public StepProfile profile() {
        if (!settings.profiled()) {
            throw new IllegalStateException("the trainer takes no time\n  fix: train with trainer.profiled()");
        }
        return descent.profile();
    }

    /** Frees the buffers, now or when the call that is in progress has ended. The model stays. */
    @Override
    public void close() {
        exclusive.close();
    }
}
