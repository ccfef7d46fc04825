package io.jacobi.nn.train;

import java.util.Map;

/** Counts what is right among all that is judged, and gives its share. */
final class ShareOfRight extends RowAccumulator {

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
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        correct += judge.right(y, yStart, outputs, t, tStart, width, index);
        total += judge.judged(outputs);
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
