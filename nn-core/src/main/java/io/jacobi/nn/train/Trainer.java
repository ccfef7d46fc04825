package io.jacobi.nn.train;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.ExclusiveUse;
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
 * them, and when a metric, a callback or a data set calls them. Any thread may call {@link #close}. The trainer keeps
 * the optimizer's moments and the number of steps made, so that a second fit continues where the first ended. The
 * methods that set something return a new trainer that has made no step.
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
     * Returns a trainer that cuts batches into parts: one for small networks, otherwise one for each processor. As many
     * threads compute the parts as is fastest by the time of the first steps, and of a few steps later from time to
     * time, so a thread that does not pay because other programs use its processor is not used. The result depends on
     * the number of parts, and not on the number of threads. {@link #threads(int)} fixes both, for results that do not
     * depend on the machine.
     *
     * @throws IllegalArgumentException if the loss would misread the model's output, such as probabilities for logits
     */
    public static Trainer of(Sequential model, Loss loss, Optimizer optimizer) {
        Compatibility.check(model, loss);
        return new Trainer(TrainerSettings.of(model, loss, optimizer));
    }

    /**
     * Returns a trainer with the same settings that cuts each batch into the given number of parts, each computed by a
     * thread of its own. The same seed and the same number give the same weights, to the bit, on the same BLAS kernel and
     * versions, which a {@link Checkpoint} names.
     *
     * <p>Two numbers give sums in another order, so gradients differ in their last digits. Losses and weights then
     * usually differ in the last digits too, with two exceptions. A gradient that is 0 in exact arithmetic is rounding
     * error and may have either sign; an optimizer that divides a gradient by its size (Adam, Nadam, RmsProp, Adagrad)
     * moves such a weight by up to the rate in either direction. And small differences grow in a long run.
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

    /**
     * The number of parts into which batches of up to {@code batchSize} examples are cut, at most one for each thread.
     */
    public int threadsFor(int batchSize) {
        return settings.threadsFor(batchSize);
    }

    /** The number of optimizer steps made. */
    public long steps() {
        return descent.steps();
    }

    /**
     * The norm of the last gradient, penalties included, before it was clipped; NaN before the first step, and if it
     * was not taken. A trainer that does not clip measures it in this call, which is one pass over the gradient.
     */
    public double gradientNorm() {
        return descent.gradientNorm();
    }

    /**
     * Makes one optimizer step on this batch and returns its mean loss before the step, penalties included. Examples of
     * weight 0 and of a class that the loss ignores are left out. If no example counts, the loss is 0 and the step is
     * counted, but neither the weights nor the optimizer's moments change.
     *
     * @throws io.jacobi.nn.ShapeException if the examples do not fit the model or the targets the loss
     * @throws IllegalStateException if the trainer or the model is closed, or a call is in progress
     * @throws NonFiniteStepException if the loss or a gradient is NaN or infinite, or a weight would become so; the
     *     weights are unchanged then
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
     * <p>If the thread is interrupted or the trainer is closed, the run ends after the current step. It stores its
     * checkpoints, keeps the flag of the interrupt, and returns the results of the epochs that are complete. A run that
     * is resumed from such a checkpoint continues in the middle of its epoch.
     *
     * @return the results of each epoch, including the epochs before a {@linkplain Fit#resume resumed} checkpoint
     * @throws IllegalArgumentException if the run that is to be resumed had other settings, a metric cannot judge the
     *     model, no example counts, a checkpoint or callback looks at a metric that the fit does not have, the schedule
     *     gives a rate that is negative or not finite, or the last batch would be too small for a layer; nothing has
     *     changed then
     * @throws io.jacobi.nn.loss.ExampleException if a target is impossible; the message names the row of the data set
     * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
     * @throws io.jacobi.nn.ShapeException if the data do not fit the model, the loss or a metric; nothing has changed
     *     then
     * @throws IllegalStateException if the trainer or the model is closed, or a call is in progress
     * @throws NonFiniteStepException if the loss or a gradient becomes NaN or infinite, or a weight would become so;
     *     the weights are as the step before left them
     */
    public History fit(Dataset data, Fit fit) {
        Compatibility.check(settings.model(), settings.loss(), data, fit.metrics());
        fit.validation().ifPresent(set -> Compatibility.check(settings.model(), settings.loss(), set, fit.metrics()));
        exclusive.enter("fit");
        try {
            TrainingRun run = new TrainingRun(descent, data, fit, exclusive::isClosed);
            new FitCheck(descent, run.examples(), fit).run();
            return run.run();
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

    /**
     * Frees the buffers and the optimizer's moments, now or when the call ends that another thread is in: a fit ends
     * after its step. The model stays. Later calls throw IllegalStateException.
     */
    @Override
    public void close() {
        exclusive.close();
    }
}
