package io.jacobi.nn.metric;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.train.RowAccumulator;
import java.util.Map;

/**
 * The share of examples whose class is among the k largest outputs, from 0 to 1. Logits, probabilities and
 * log-probabilities give the same value. Between equal outputs the last class counts as the larger, as in scikit-learn's
 * {@code top_k_accuracy_score}. A NaN is never among the largest.
 *
 * @param k the number of outputs that may name the class, fewer than there are outputs
 */
public record TopKAccuracy(int k) implements OutputMetric {

    public TopKAccuracy {
        if (k < 1) {
            throw new IllegalArgumentException("Top-k accuracy with k = " + k + "\n  expected at least 1");
        }
    }

    /** The name, such as {@code top-5 accuracy}. */
    @Override
    public String name() {
        return "top-" + k + " accuracy";
    }

    @Override
    public Outputs outputs() {
        return Outputs.CLASS_LOGITS;
    }

    @Override
    public Need need() {
        return Need.DECISION;
    }

    /**
     * Accepts more than k outputs, with a class index or one number for each output as the target.
     *
     * @throws ShapeException otherwise
     */
    @Override
    public void check(Shape prediction, Shape target) {
        OutputMetric.super.check(prediction, target);
        if (prediction.size() <= k) {
            throw new ShapeException(
                    name() + " cannot be judged: every prediction would be right",
                    "more than " + k + " outputs",
                    prediction.toString(),
                    "use a smaller k");
        }
    }

    @Override
    public Accumulator start() {
        return new Hits(new OutputReader(name(), outputs()), k);
    }

    private static final class Hits extends RowAccumulator {

        private static final String HITS = "hits";
        private static final String TOTAL = "total";

        private final OutputReader reader;
        private final int k;
        private long hits;
        private long total;

        private Hits(OutputReader reader, int k) {
            this.reader = reader;
            this.k = k;
        }

        @Override
        protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
            int actual = reader.classOf(t, tStart, width, outputs, index);
            double score = y[yStart + actual];
            int larger = 0;
            for (int c = 0; c < outputs; c++) {
                double other = y[yStart + c];
                larger += other > score || (other == score && c > actual) ? 1 : 0;
            }
            hits += larger < k && !Double.isNaN(score) ? 1 : 0;
            total++;
        }

        @Override
        public double value() {
            return (double) hits / total;
        }

        @Override
        public Map<String, Double> state() {
            return Map.of(HITS, (double) hits, TOTAL, (double) total);
        }

        @Override
        public void restore(Map<String, Double> state) {
            hits = state.getOrDefault(HITS, 0d).longValue();
            total = state.getOrDefault(TOTAL, 0d).longValue();
        }
    }
}
