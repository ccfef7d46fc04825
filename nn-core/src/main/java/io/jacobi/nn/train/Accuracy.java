package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The share of examples whose largest output is the target's class, from 0 to 1. Targets are class indices, or rows whose largest
 * element is the class. Of equal outputs the first counts; a NaN is never the largest.
 */
public record Accuracy() implements Metric {

    private static final String CORRECT = "correct";
    private static final String TOTAL = "total";

    @Override
    public String name() {
        return "accuracy";
    }

    /**
     * Accepts class indices for two outputs and more, and rows of as many elements as there are outputs.
     *
     * @throws ShapeException otherwise: one output, for instance, always has the largest value
     */
    @Override
    public void check(Shape prediction, Shape target) {
        boolean fits = target.size() == 1 || target.size() == prediction.size();
        if (prediction.size() < 2 || !fits) {
            throw new ShapeException(
                    "accuracy cannot be judged",
                    "two outputs or more, and a class index or one number for each output as the target",
                    "outputs " + prediction + " and targets " + target,
                    prediction.size() < 2
                            ? "use one output for each class, or a metric of one's own for a single output"
                            : "let the last layer have one output for each class");
        }
    }

    @Override
    public Accumulator start() {
        return new Count();
    }

    private static final class Count implements Accumulator {
        private long correct;
        private long total;

        @Override
        public void add(INDArray prediction, INDArray target, Scratch scratch) {
            Span outputs = scratch.span(prediction);
            Span targets = scratch.span(target);
            int batch = (int) prediction.size(0);
            int classes = outputs.length() / batch;
            int width = targets.length() / batch;
            int rowsAtOnce = Math.max(1, Scratch.TILE / classes);
            for (int first = 0; first < batch; first += rowsAtOnce) {
                int rows = Math.min(rowsAtOnce, batch - first);
                double[] y = scratch.load(0, outputs, first * classes, rows * classes);
                double[] t = scratch.load(1, targets, first * width, rows * width);
                for (int r = 0; r < rows; r++) {
                    int expected = width == 1 ? (int) t[r] : largest(t, r * width, width);
                    if (largest(y, r * classes, classes) == expected) {
                        correct++;
                    }
                }
            }
            total += batch;
        }

        /** The index of the largest of {@code n} elements, or -1 if the first is NaN: such an output predicts nothing. */
        private static int largest(double[] values, int at, int n) {
            int best = 0;
            for (int i = 1; i < n; i++) {
                if (values[at + i] > values[at + best]) {
                    best = i;
                }
            }
            return Double.isNaN(values[at + best]) ? -1 : best;
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
        public void restore(Map<String, Double> memory) {
            correct = memory.getOrDefault(CORRECT, 0d).longValue();
            total = memory.getOrDefault(TOTAL, 0d).longValue();
        }
    }
}
