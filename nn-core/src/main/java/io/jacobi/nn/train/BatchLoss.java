package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a part of a batch: its targets and, if the data set has them, the weights of its examples. An example
 * that the loss or a metric cannot use is named by its row in the data set.
 */
final class BatchLoss implements AutoCloseable {

    private final Loss loss;
    private final RowBuffer targetRows;
    private final RowBuffer weightRows;
    private final String source;
    private INDArray target;
    private Optional<INDArray> weights = Optional.empty();
    private @Nullable Batch batch;
    private int first;

    /**
     * @param source the name of the data set in messages, such as "the data set"
     */
    BatchLoss(Sequential model, Loss loss, Shape target, int capacity, String source) {
        this.loss = loss;
        this.targetRows = new RowBuffer(model.dataType(), target, capacity);
        this.weightRows = new RowBuffer(model.dataType(), Shape.of(), capacity);
        this.source = source;
        this.target = targetRows.rows(capacity);
    }

    /** Copies the examples that the workspace holds, starting with example {@code from} of the whole batch. */
    void read(Batch whole, int from, Workspace workspace) {
        int count = workspace.batch();
        batch = whole;
        first = from;
        target = targetRows.rows(count);
        whole.read(from, count, workspace.input(), target);
        weights = whole.data().weighted() ? Optional.of(weightRows.rows(count)) : Optional.empty();
        if (weights.isPresent()) {
            whole.readWeights(from, count, weights.get());
        }
    }

    /** The mean loss of the outputs in the workspace. */
    double valueAndGradient(Workspace workspace, INDArray gradient) {
        try {
            return loss.valueAndGradient(workspace.output(), target, weights, gradient, workspace.scratch());
        } catch (ExampleException impossible) {
            throw named(impossible);
        }
    }

    /** The number that the mean was divided by, which is its weight in the mean of the whole batch. */
    double divisor(Workspace workspace) {
        return loss.divisor(target, weights, workspace.scratch());
    }

    /** Adds the outputs in the workspace to a metric. */
    void measure(Workspace workspace, Metric.Accumulator metric) {
        try {
            metric.add(workspace.output(), target, workspace.scratch());
        } catch (ExampleException impossible) {
            throw named(impossible);
        }
    }

    private ExampleException named(ExampleException impossible) {
        return impossible.named(nameOf(impossible.index()));
    }

    private String nameOf(int i) {
        return batch == null ? "example " + i : "row " + batch.row(first + i) + " of " + source;
    }

    /** Describes the first feature or target that is not finite, such as "feature[3] is NaN in row 57 ...". */
    Optional<String> firstNonFinite(Workspace workspace) {
        Scratch scratch = workspace.scratch();
        return firstNonFinite(
                        "feature", scratch, workspace.input(), workspace.model().inputShape())
                .or(() -> firstNonFinite("target", scratch, target, targetRows.perExample()));
    }

    private Optional<String> firstNonFinite(String array, Scratch scratch, INDArray rows, Shape shape) {
        Span all = scratch.span(rows);
        int bad = Vectors.firstNonFinite(scratch, all);
        return bad < 0
                ? Optional.empty()
                : Optional.of(shape.elementName(array, bad % shape.size()) + " is " + all.get(bad) + ", as "
                        + rows.dataType() + ", in " + nameOf((int) (bad / shape.size())));
    }

    /** Returns the number that a mean is divided by, unless it is 0. */
    static double requirePositive(double divisor, String examples) {
        if (divisor == 0) {
            throw new IllegalArgumentException(
                    "All examples of " + examples + " have weight 0, so they have no mean loss"
                            + "\n  expected at least one positive weight (of an example, times that of its class)"
                            + "\n  fix: give a positive weight to a class that occurs");
        }
        return divisor;
    }

    @Override
    public void close() {
        targetRows.close();
        weightRows.close();
    }
}
