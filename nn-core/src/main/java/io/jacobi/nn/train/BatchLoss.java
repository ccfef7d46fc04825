package io.jacobi.nn.train;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loss of a part of a batch: its targets and, if the data set has them, the weights of its examples. */
final class BatchLoss implements AutoCloseable {

    private final Loss loss;
    private final boolean anyKind;
    private final RowBuffer targetRows;
    private final RowBuffer weightRows;
    private INDArray target;
    private Optional<INDArray> weights = Optional.empty();

    BatchLoss(Sequential model, Loss loss, Shape target, int capacity) {
        this.loss = loss;
        this.anyKind = Compatibility.outputKind(model) == OutputKind.ANY;
        this.targetRows = new RowBuffer(model.dataType(), target, capacity);
        this.weightRows = new RowBuffer(model.dataType(), Shape.of(), capacity);
        this.target = targetRows.rows(capacity);
    }

    /** Copies the examples that the workspace holds, starting with example {@code first} of the batch. */
    void read(Batch batch, int first, Workspace workspace) {
        int count = workspace.batch();
        target = targetRows.rows(count);
        batch.read(first, count, workspace.input(), target);
        weights = batch.data().weighted() ? Optional.of(weightRows.rows(count)) : Optional.empty();
        if (weights.isPresent()) {
            batch.readWeights(first, count, weights.get());
        }
    }

    /** The mean loss of the outputs in the workspace. */
    double valueAndGradient(Workspace workspace, INDArray gradient) {
        if (anyKind) {
            checkOutputs(workspace);
        }
        return loss.valueAndGradient(workspace.output(), target, weights, gradient, workspace.scratch());
    }

    private void checkOutputs(Workspace workspace) {
        try {
            loss.check(workspace.output(), workspace.scratch());
        } catch (IllegalArgumentException misread) {
            throw Compatibility.misread(workspace.model(), "the loss", misread);
        }
    }

    /** The number that the mean was divided by, which is its weight in the mean of the whole batch. */
    double divisor(Workspace workspace) {
        return loss.divisor(target, weights, workspace.scratch());
    }

    INDArray target() {
        return target;
    }

    /** Returns the number that a mean is divided by, unless it is 0. */
    static double requirePositive(double divisor, String examples) {
        if (divisor == 0) {
            throw new IllegalArgumentException(
                    "All examples of " + examples + " have weight 0, so they have no mean loss"
                            + "\n  expected at least one positive weight (of an example, times that of its class)"
                            + "\n  fix: leave examples of weight 0 out of the data set, or make the batches larger");
        }
        return divisor;
    }

    @Override
    public void close() {
        targetRows.close();
        weightRows.close();
    }
}
