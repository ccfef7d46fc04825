package io.jacobi.nn.train;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An accumulator of a metric that judges one example at a time, in double whatever the model's type is. */
public abstract class RowAccumulator implements Metric.Accumulator {

    /**
     * Adds one example.
     *
     * @param y a copy of the outputs, from {@code yStart}; the method may overwrite them
     * @param outputs the number of outputs
     * @param t a copy of the targets, from {@code tStart}
     * @param width the number of targets
     * @param index the place of the example in the batch
     * @throws io.jacobi.nn.loss.ExampleException if the example cannot be judged
     */
    protected abstract void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index);

    @Override
    public final void add(INDArray prediction, INDArray target, Scratch scratch) {
        Span y = scratch.span(prediction);
        Span t = scratch.span(target);
        int batch = (int) prediction.size(0);
        int outputs = y.length() / batch;
        int width = t.length() / batch;
        int rowsAtOnce = Math.max(1, Scratch.TILE / Math.max(outputs, width));
        for (int first = 0; first < batch; first += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, batch - first);
            double[] predictions = scratch.load(0, y, first * outputs, rows * outputs);
            double[] targets = scratch.load(1, t, first * width, rows * width);
            for (int r = 0; r < rows; r++) {
                row(predictions, r * outputs, outputs, targets, r * width, width, first + r);
            }
        }
    }
}
