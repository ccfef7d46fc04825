package io.jacobi.nn.metric;

import io.jacobi.nn.train.RowAccumulator;
import io.jacobi.nn.train.Targets;
import java.util.Map;

/** A score of decisions, averaged over classes or labels. A NaN decides for nothing. */
final class DecisionScore extends RowAccumulator {

    private final OutputReader reader;
    private final Averaging averaging;
    private final Score score;
    private final ClassCounts counts;

    DecisionScore(OutputMetric metric, Averaging averaging, Score score) {
        this.reader = new OutputReader(metric.name(), metric.outputs());
        this.averaging = averaging;
        this.score = score;
        this.counts = new ClassCounts(metric.outputs().areClasses());
    }

    @Override
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        counts.ensure(outputs);
        if (!reader.outputs().areClasses()) {
            for (int i = 0; i < outputs; i++) {
                counts.add(i, y[yStart + i] > reader.outputs().border(), reader.isYes(t[tStart + i], index), 1);
            }
            return;
        }
        int actual = reader.classOf(t, tStart, width, outputs, index);
        int predicted = Targets.largest(y, yStart, outputs);
        counts.add(actual, predicted == actual, true, 1);
        if (predicted >= 0 && predicted != actual) {
            counts.add(predicted, true, false, 1);
        }
    }

    @Override
    public double value() {
        return counts.isEmpty() ? Double.NaN : counts.average(score, averaging);
    }

    @Override
    public Map<String, Double> state() {
        return counts.state();
    }

    @Override
    public void restore(Map<String, Double> state) {
        counts.restore(state);
    }
}
