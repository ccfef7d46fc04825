package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.FiniteGradient;
import io.jacobi.nn.optim.NonFiniteUpdateException;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Stepper;
import io.jacobi.nn.train.Phases.Phase;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the optimizer steps of a trainer, and holds what lasts from one step to the next: the buffers, the optimizer's
 * moments, and the numbers of steps and epochs made. A {@link Trainer} makes single steps with it, a
 * {@link TrainingRun} whole epochs.
 */
final class GradientDescent implements AutoCloseable {

    private final TrainerSettings settings;
    private final Sequential model;
    private final Profiler profiler = new Profiler();
    private final Phases phases = new Phases();
    private final Scratch scratch = new Scratch();
    private final NonFinite nonFinite;
    private final StateBackup states;
    private @Nullable Stepper stepper;
    private @Nullable Shards shards;
    private @Nullable CountedRows counted;
    private long steps;
    private long epochs;
    private double rateFactor = 1;
    private double gradientNorm = Double.NaN;
    private boolean measuresNorm;

    GradientDescent(TrainerSettings settings) {
        this.settings = settings;
        this.model = settings.model();
        this.nonFinite = new NonFinite(model);
        this.states = new StateBackup(model);
    }

    TrainerSettings settings() {
        return settings;
    }

    /** The number of optimizer steps made. */
    long steps() {
        return steps;
    }

    /** The norm of the last gradient, before it was clipped. Without a clip it is measured when it is asked for. */
    double gradientNorm() {
        if (measuresNorm && shards != null) {
            gradientNorm = Math.sqrt(Reductions.sumOfSquares(scratch, shards.gradients()));
            measuresNorm = false;
        }
        return gradientNorm;
    }

    /** The factor by which the schedule's rate is multiplied. */
    double rateFactor() {
        return rateFactor;
    }

    /** Multiplies the schedule's rates from now on. */
    void scaleRate(double factor) {
        rateFactor *= factor;
    }

    /**
     * Makes one step on this batch, and returns its mean loss before the step, penalties included. If nothing in the
     * batch counts, the loss is 0 and the step is counted, but neither the weights nor the optimizer's moments change.
     *
     * @throws NonFiniteStepException if the loss or a gradient is NaN or infinite, or a weight would become so
     * @throws RuntimeException any other exception of a layer, the loss or the data; after all of them, weights, states
     *     and moments are as before
     */
    double step(Batch batch, Shards parts) {
        long started = System.nanoTime();
        states.save();
        try {
            double value = take(batch, parts);
            steps++;
            long nanos = System.nanoTime() - started;
            profiler.step(nanos);
            parts.took(nanos, batch.size());
            return value;
        } catch (RuntimeException notTaken) {
            states.restore();
            throw notTaken;
        }
    }

    private double take(Batch batch, Shards parts) {
        measuresNorm = false;
        gradientNorm = Double.NaN;
        double value = parts.compute(batch, steps);
        if (!Double.isFinite(value)) {
            throw nonFinite.loss(steps, value, parts.firstNonFiniteLayer(), parts.firstNonFiniteInput());
        }
        if (model.parameterCount() > 0 && parts.divisor() > 0) {
            phases.start();
            INDArray gradients = parts.gradients();
            for (Penalty penalty : settings.penalties()) {
                value += penalty.valueAndAddGradient(model.weights(), model.parameters(), gradients, scratch);
            }
            if (!Double.isFinite(value)) {
                throw nonFinite.penalties(steps, value);
            }
            update(gradients, parts.split());
            phases.end(Phase.OPTIMIZER);
        }
        return value;
    }

    private void update(INDArray gradients, Split split) {
        try {
            if (settings.clip().isPresent()) {
                FiniteGradient.require(scratch, gradients);
                gradientNorm = settings.clip().get().apply(gradients, scratch);
            } else {
                measuresNorm = true;
            }
            phases.end(Phase.GRADIENTS);
            stepper().step(gradients, rateAt(steps), split);
        } catch (NonFiniteUpdateException e) {
            throw nonFinite.update(steps, e);
        }
    }

    /**
     * The learning rate of a step.
     *
     * @throws IllegalArgumentException unless the schedule gives a finite number, at least 0
     */
    double rateAt(long step) {
        double rate = rateFactor * settings.optimizer().rate().rateAt(step);
        if (!(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("The schedule gives the learning rate " + rate + " at step " + step
                    + "\n  expected a finite number, at least 0"
                    + "\n  fix: a schedule that ends where the run ends, or stays at its last rate");
        }
        return rate;
    }

    private Stepper stepper() {
        if (stepper == null) {
            stepper = settings.optimizer().start(model.weights(), model.parameters());
        }
        return stepper;
    }

    /** The number of epochs made, in all fits. */
    long epochs() {
        return epochs;
    }

    void finishEpoch() {
        epochs++;
    }

    /** The optimizer's moments by name: live arrays, not copies. */
    Map<String, INDArray> moments() {
        return model.parameterCount() == 0 ? Map.of() : stepper().state();
    }

    /** The number of steps that the optimizer has counted. */
    long optimizerSteps() {
        return model.parameterCount() == 0 ? 0 : stepper().steps();
    }

    /** Takes over the state of a stored run. Nothing has changed if the moments do not fit. */
    void restore(RunState run, Map<String, INDArray> moments, Sequential stored) {
        if (model.parameterCount() > 0) {
            stepper().restore(moments, run.optimizerSteps());
        }
        Vectors.copy(stored.weights(), model.weights());
        Vectors.copy(stored.state(), model.state());
        steps = run.steps();
        epochs = run.epochs();
        rateFactor = run.rateFactor();
    }

    /**
     * Returns buffers that hold this batch: the current ones if they are large enough, otherwise new ones for up to
     * {@code capacity} examples.
     */
    Shards shardsFor(Batch batch, int capacity) {
        Shape target = batch.data().target();
        if (shards == null || !shards.hold(batch.size(), target)) {
            closeShards();
            int threads = settings.threadsFor(capacity);
            boolean adapts = settings.threads().isEmpty();
            shards = new Shards(model, settings.loss(), target, capacity, threads, adapts);
            if (settings.profiled()) {
                profiler.begin(shards);
            }
        }
        return shards;
    }

    /** The examples that count, of a data set or of a batch. */
    CountedRows counted() {
        if (counted == null) {
            counted = new CountedRows(settings.loss(), model.dataType());
        }
        return counted;
    }

    /** The time that the steps made so far took, by layer and phase. */
    StepProfile profile() {
        return profiler.profile(model, shards == null ? new Phases() : shards.phases(), phases);
    }

    /** Frees the buffers and the optimizer's moments. */
    @Override
    public void close() {
        states.close();
        closeShards();
        if (stepper != null) {
            stepper.close();
        }
        if (counted != null) {
            counted.close();
            counted = null;
        }
    }

    private void closeShards() {
        if (shards != null) {
            gradientNorm();
            profiler.end(shards);
            shards.close();
            shards = null;
        }
    }
}
