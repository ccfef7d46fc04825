package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Stepper;
import io.jacobi.nn.train.Phases.Phase;
import java.util.Map;
import java.util.OptionalInt;
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
    private @Nullable Stepper stepper;
    private @Nullable Shards shards;
    private @Nullable CountedRows counted;
    private long steps;
    private long epochs;
    private double rateFactor = 1;
    private double gradientNorm = Double.NaN;
    private boolean closed;

    GradientDescent(TrainerSettings settings) {
        this.settings = settings;
        this.model = settings.model();
    }

    TrainerSettings settings() {
        return settings;
    }

    /** The number of optimizer steps made. */
    long steps() {
        return steps;
    }

    /** The norm of the last gradient, before it was clipped; NaN without a clip. */
    double gradientNorm() {
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
     * @throws NonFiniteLossException if the loss is NaN or infinite; the weights are unchanged then
     */
    double step(Batch batch, Shards parts) {
        long started = System.nanoTime();
        double value = parts.compute(batch, steps);
        if (!Double.isFinite(value)) {
            throw new NonFiniteLossException(
                    steps, value, nameOf(parts.firstNonFiniteLayer()), parts.firstNonFiniteInput());
        }
        if (model.parameterCount() > 0 && parts.divisor() > 0) {
            phases.start();
            INDArray gradients = parts.gradients();
            for (Penalty penalty : settings.penalties()) {
                value += penalty.valueAndAddGradient(model.weights(), model.parameters(), gradients, scratch);
            }
            if (settings.clip().isPresent()) {
                gradientNorm = settings.clip().get().apply(gradients, scratch);
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
        double rate = rateFactor * settings.optimizer().rate().rateAt(steps);
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
        if (closed) {
            throw new IllegalStateException("the trainer is closed");
        }
        Shape target = batch.data().target();
        if (shards == null || !shards.hold(batch.size(), target)) {
            closeShards();
            shards = new Shards(model, settings.loss(), target, capacity, settings.threadsFor(capacity));
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

    /** Frees the buffers. */
    @Override
    public void close() {
        closed = true;
        closeShards();
        if (counted != null) {
            counted.close();
            counted = null;
        }
    }

    private void closeShards() {
        if (shards != null) {
            profiler.end(shards);
            shards.close();
            shards = null;
        }
    }
}
