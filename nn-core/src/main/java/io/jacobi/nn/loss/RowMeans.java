package io.jacobi.nn.loss;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link RowLoss} over a batch, several rows per tile, in double for arrays of any type. */
final class RowMeans {

    private static final int PREDICTIONS = 0;
    private static final int TARGETS = 1;
    private static final int WEIGHTS = 3;

    /** The slot of the scratch that a row function may use. */
    static final int WORK = 2;

    private RowMeans() {}

    static double valueAndGradient(
            RowLoss loss,
            INDArray prediction,
            INDArray target,
            @Nullable INDArray weights,
            INDArray gradient,
            Scratch scratch) {
        Span y = scratch.span(prediction);
        Span t = scratch.span(target);
        Span dy = scratch.span(gradient);
        int batch = (int) prediction.size(0);
        int outputs = y.length() / batch;
        int width = t.length() / batch;
        double total = weights == null ? loss.divisor(target, scratch) : loss.divisor(target, weights, scratch);
        // if all weights are 0, so is every term, and 0 / 0 would make the loss of the whole batch NaN
        double divisor = total == 0 ? 1 : total;
        Counting counting = Counting.of(loss, target.rank());
        Example example = new Example(outputs, width, scratch);
        int rowsAtOnce = Math.max(1, Scratch.TILE / Math.max(outputs, width));
        double sum = 0;
        for (int first = 0; first < batch; first += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, batch - first);
            double[] predictions = scratch.load(PREDICTIONS, y, first * outputs, rows * outputs);
            double[] targets = scratch.load(TARGETS, t, first * width, rows * width);
            double[] weight = weightsOf(weights, first, rows, scratch);
            for (int r = 0; r < rows; r++) {
                int at = r * outputs;
                if (counting.of(weight[r], targets[r * width], first + r) == 0) {
                    // not computed at all: its prediction may be NaN, and its target impossible
                    Arrays.fill(predictions, at, at + outputs, 0);
                    continue;
                }
                sum += weight[r] * loss.row(example.moveTo(predictions, targets, r, first + r));
                // L = Σ w l / divisor   =>   dy = w l' / divisor
                for (int i = at; i < at + outputs; i++) {
                    predictions[i] = weight[r] * predictions[i] / divisor;
                }
            }
            scratch.store(PREDICTIONS, dy, first * outputs, rows * outputs);
        }
        return sum / divisor;
    }

    /** The sum of the weights of the examples, each times the weight of its class, or 0 if its class is ignored. */
    static double divisor(RowLoss loss, INDArray target, @Nullable INDArray weights, Scratch scratch) {
        int batch = (int) target.size(0);
        Counting counting = Counting.of(loss, target.rank());
        if (weights == null && counting.isByWeight()) {
            return batch;
        }
        requireOneForEach(weights, batch);
        double sum = 0;
        for (int first = 0; first < batch; first += Scratch.TILE) {
            int rows = Math.min(Scratch.TILE, batch - first);
            double[] weight = weightsOf(weights, first, rows, scratch);
            if (!counting.isByWeight()) {
                double[] targets = scratch.load(TARGETS, scratch.span(target), first, rows);
                for (int r = 0; r < rows; r++) {
                    weight[r] = counting.of(weight[r], targets[r], first + r);
                }
            }
            for (int r = 0; r < rows; r++) {
                sum += weight[r];
            }
        }
        return sum;
    }

    private static double[] weightsOf(@Nullable INDArray weights, int first, int rows, Scratch scratch) {
        if (weights == null) {
            double[] ones = scratch.doubles(WEIGHTS, rows);
            Arrays.fill(ones, 0, rows, 1);
            return ones;
        }
        double[] tile = scratch.load(WEIGHTS, scratch.span(weights), first, rows);
        for (int r = 0; r < rows; r++) {
            if (!(tile[r] >= 0 && tile[r] < Double.POSITIVE_INFINITY)) {
                throw new ExampleException(
                        "The weight of ",
                        first + r,
                        " is " + tile[r] + "\n  expected a finite number that is not negative"
                                + "\n  fix: correct it; an example of weight 0 does not count");
            }
        }
        return tile;
    }

    private static void requireOneForEach(@Nullable INDArray weights, int batch) {
        if (weights != null && weights.length() != batch) {
            throw new IllegalArgumentException("There are " + weights.length() + " weights for " + batch + " examples"
                    + "\n  expected one for each");
        }
    }
}
