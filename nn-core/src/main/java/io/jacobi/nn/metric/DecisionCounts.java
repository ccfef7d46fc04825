package io.jacobi.nn.metric;

import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.train.RowAccumulator;
import io.jacobi.nn.train.Targets;

/** Counts pairs of actual and predicted class during one evaluation; it is its own accumulator. */
final class DecisionCounts extends RowAccumulator implements OutputMetric {

    private final OutputReader reader;
    private long[][] pairs = {};

    DecisionCounts(Outputs outputs) {
        this.reader = new OutputReader(name(), outputs);
    }

    /** The counts, {@code [actual][predicted]}. */
    long[][] pairs() {
        return pairs;
    }

    @Override
    public String name() {
        return "confusion matrix";
    }

    @Override
    public Outputs outputs() {
        return reader.outputs();
    }

    @Override
    public Need need() {
        return Need.DECISION;
    }

    @Override
    public Accumulator start() {
        return this;
    }

    @Override
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        boolean classes = outputs().areClasses();
        if (pairs.length == 0) {
            int n = classes ? outputs : 2;
            pairs = new long[n][n];
        }
        int actual =
                classes ? reader.classOf(t, tStart, width, outputs, index) : reader.isYes(t[tStart], index) ? 1 : 0;
        int predicted = classes ? Targets.largest(y, yStart, outputs) : yesOrNo(y[yStart]);
        if (predicted < 0) {
            throw new ExampleException(
                    "The confusion matrix cannot count the prediction of ",
                    index,
                    ", which is NaN\n  expected a number\n  fix: look for NaN in the weights and in the example");
        }
        pairs[actual][predicted]++;
    }

    private int yesOrNo(double y) {
        if (Double.isNaN(y)) {
            return -1;
        }
        return y > outputs().border() ? 1 : 0;
    }

    @Override
    public double value() {
        return Double.NaN; // a matrix is not one number
    }
}
