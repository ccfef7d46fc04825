package io.jacobi.nn.metric;

import io.jacobi.nn.train.RowAccumulator;
import java.util.Map;

/** The mean of a penalty on the probabilities of each example; several labels are averaged first. */
final class ProbabilityMean extends RowAccumulator {

    private static final String SUM = "sum";
    private static final String TOTAL = "total";

    private final OutputReader reader;
    private final Penalty penalty;
    private double sum;
    private long total;

    ProbabilityMean(OutputMetric metric, Penalty penalty) {
        this.reader = new OutputReader(metric.name(), metric.outputs());
        this.penalty = penalty;
    }

    /** What probabilities cost. */
    interface Penalty {

        /** For the probabilities {@code p[at]} to {@code p[at + classes - 1]} of an example of class {@code actual}. */
        double ofClasses(double[] p, int at, int classes, int actual);

        /** For the probability of the right one of two answers. */
        double ofAnswer(double p);
    }

    @Override
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        if (reader.outputs().areClasses()) {
            int actual = reader.classOf(t, tStart, width, outputs, index);
            reader.toProbabilities(y, yStart, outputs, index);
            sum += penalty.ofClasses(y, yStart, outputs, actual);
        } else {
            double row = 0;
            for (int i = 0; i < outputs; i++) {
                row += penalty.ofAnswer(reader.probability(y[yStart + i], reader.isYes(t[tStart + i], index), index));
            }
            sum += row / outputs;
        }
        total++;
    }

    @Override
    public double value() {
        return sum / total;
    }

    @Override
    public Map<String, Double> state() {
        return Map.of(SUM, sum, TOTAL, (double) total);
    }

    @Override
    public void restore(Map<String, Double> state) {
        sum = state.getOrDefault(SUM, 0d);
        total = state.getOrDefault(TOTAL, 0d).longValue();
    }
}
