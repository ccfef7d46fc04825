package io.jacobi.nn.train;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts what is right among all that is judged, and gives its share. */
final class ShareOfRight implements Metric.Accumulator {

    private static final String CORRECT = "correct";
    private static final String TOTAL = "total";

    private final Judge judge;
    private long correct;
    private long total;

    ShareOfRight(Judge judge) {
        this.judge = judge;
    }

    /** One example of a batch. */
    interface Judge {

        /**
         * Returns how much of one example is right.
         *
         * @param y the outputs, from {@code yStart}
         * @param outputs the number of outputs
         * @param t the targets, from {@code tStart}
         * @param width the number of targets
         * @param index the place of the example in the batch
         * @throws io.jacobi.nn.loss.ExampleException if the target cannot be judged
         */
        int right(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index);

        /** Returns how much of an example with this number of outputs is judged. */
        int judged(int outputs);
    }

    @Override
    public void add(INDArray prediction, INDArray target, Scratch scratch) {
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
                correct += judge.right(predictions, r * outputs, outputs, targets, r * width, width, first + r);
            }
        }
        total += (long) batch * judge.judged(outputs);
    }

    @Override
    public double value() {
        return (double) correct / total;
    }

    @Override
    public Map<String, Double> state() {
        return Map.of(CORRECT, (double) correct, TOTAL, (double) total);
    }

    @Override
    public void restore(Map<String, Double> state) {
        correct = state.getOrDefault(CORRECT, 0d).longValue();
        total = state.getOrDefault(TOTAL, 0d).longValue();
    }
}
