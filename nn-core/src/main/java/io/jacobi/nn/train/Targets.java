package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a part of a batch is compared with: its targets and, if the data set has them, the weights of its examples. */
final class Targets implements AutoCloseable {

    private final Loss loss;
    private final RowBuffer targetRows;
    private final RowBuffer weightRows;
    private INDArray target;
    private INDArray weights;
    private boolean weighted;

    Targets(Sequential model, Loss loss, Shape target, int capacity) {
        this.loss = loss;
        this.targetRows = new RowBuffer(model.dataType(), target, capacity);
        this.weightRows = new RowBuffer(model.dataType(), Shape.of(), capacity);
        this.target = targetRows.rows(capacity);
        this.weights = weightRows.rows(capacity);
    }

    /** Copies as many examples as the workspace holds, from the one at {@code first} of the batch. */
    void read(Batch batch, int first, Workspace workspace) {
        int count = workspace.batch();
        target = targetRows.rows(count);
        batch.read(first, count, workspace.input(), target);
        weighted = batch.data().weighted();
        if (weighted) {
            weights = weightRows.rows(count);
            batch.readWeights(first, count, weights);
        }
    }

    /** The mean loss of what the workspace gives for these examples. */
    double valueAndGradient(Workspace workspace, INDArray gradient) {
        return weighted
                ? loss.valueAndGradient(workspace.output(), target, weights, gradient, workspace.scratch())
                : loss.valueAndGradient(workspace.output(), target, gradient, workspace.scratch());
    }

    /** What that mean counts for in the mean of the whole. */
    double weight(Workspace workspace) {
        return weighted ? loss.weight(target, weights, workspace.scratch()) : loss.weight(target, workspace.scratch());
    }

    INDArray target() {
        return target;
    }

    /** The sum of weights that a mean is divided by, if it can be. */
    static double requirePositive(double weight, String examples) {
        if (weight == 0) {
            throw new IllegalArgumentException(
                    "All examples of " + examples + " have weight 0, so that they have no mean loss"
                            + "\n  expected at least one positive weight (of an example, times that of its class)"
                            + "\n  fix: leave examples of weight 0 out of the data set, or make the batches larger");
        }
        return weight;
    }

    @Override
    public void close() {
        targetRows.close();
        weightRows.close();
    }
}
