package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.LayerClock;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.train.Phases.Phase;
import java.util.Optional;

/** One thread's part of a batch: its own workspace, its own gradient vector, its own copy of the examples. */
final class Shard implements AutoCloseable {

    private final Workspace whole;
    private final BatchLoss batchLoss;
    private final Phases phases = new Phases();
    private Workspace workspace;
    private double lossValue;
    private double divisor;

    Shard(Sequential model, Loss loss, Shape target, int capacity) {
        this.whole = Workspace.forTraining(model, capacity);
        this.batchLoss = new BatchLoss(model, loss, target, capacity, "the data set");
        this.workspace = whole;
    }

    /** Runs forward, loss and backward for {@code count} examples of the batch, starting with example {@code first}. */
    void compute(Batch batch, int first, int count, long step) {
        phases.start();
        workspace = whole.narrow(count);
        batchLoss.read(batch, first, workspace);
        phases.end(Phase.DATA);
        workspace.forward(step, first);
        phases.end(Phase.FORWARD);
        lossValue = lossAndGradient(first);
        divisor = batchLoss.divisor(workspace);
        phases.end(Phase.LOSS);
        workspace.clearGradients();
        phases.end(Phase.GRADIENTS);
        workspace.backward();
        phases.end(Phase.BACKWARD);
    }

    /** Takes the time of every layer from now on. */
    LayerClock time() {
        LayerClock clock = new LayerClock(whole.model());
        whole.time(clock);
        return clock;
    }

    Phases phases() {
        return phases;
    }

    private double lossAndGradient(int first) {
        try {
            return batchLoss.valueAndGradient(workspace, workspace.outputGradient());
        } catch (ExampleException named) {
            throw named;
        } catch (IllegalArgumentException impossible) {
            // a loss of one's own, which numbers the examples of its part from 0
            throw first == 0
                    ? impossible
                    : new IllegalArgumentException(
                            "Counting from example " + first + " of the whole batch: " + impossible.getMessage(),
                            impossible);
        }
    }

    /** The mean loss of the part that was computed last. */
    double loss() {
        return lossValue;
    }

    /** The number that the mean was divided by, which is its weight in the mean of the whole batch. */
    double divisor() {
        return divisor;
    }

    /** Adds the outputs of the part to a metric. */
    void measure(Metric.Accumulator metric) {
        batchLoss.measure(workspace, metric);
    }

    /** Describes the first feature or target of the part that is not finite, if there is one. */
    Optional<String> firstNonFiniteInput() {
        return batchLoss.firstNonFinite(workspace);
    }

    Workspace workspace() {
        return workspace;
    }

    @Override
    public void close() {
        whole.close();
        batchLoss.close();
    }
}
