package io.jacobi.nn.metric;

import io.jacobi.nn.train.RowAccumulator;
import java.util.function.ToDoubleFunction;

/**
 * A metric that orders all examples, so that it has to keep their scores: 8 bytes for each example and class or label.
 * They are too many for a checkpoint.
 */
final class RankingScore extends RowAccumulator {

    private final OutputReader reader;
    private final ToDoubleFunction<RankedScores> score;
    private RankedScores[] columns = {};

    RankingScore(OutputMetric metric, ToDoubleFunction<RankedScores> score) {
        this.reader = new OutputReader(metric.name(), metric.outputs());
        this.score = score;
    }

    @Override
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        if (columns.length == 0) {
            columns = new RankedScores[outputs];
            for (int c = 0; c < outputs; c++) {
                columns[c] = new RankedScores();
            }
        }
        if (reader.outputs().areClasses()) {
            int actual = reader.classOf(t, tStart, width, outputs, index);
            reader.toProbabilities(y, yStart, outputs, index);
            for (int c = 0; c < outputs; c++) {
                columns[c].add(y[yStart + c], c == actual);
            }
        } else {
            for (int i = 0; i < outputs; i++) {
                columns[i].add(y[yStart + i], reader.isYes(t[tStart + i], index));
            }
        }
    }

    @Override
    public double value() {
        // of two classes, scikit-learn judges the second
        int first = reader.outputs().areClasses() && columns.length == 2 ? 1 : 0;
        double sum = 0;
        for (int c = first; c < columns.length; c++) {
            sum += score.applyAsDouble(columns[c]);
        }
        return sum / (columns.length - first);
    }
}
