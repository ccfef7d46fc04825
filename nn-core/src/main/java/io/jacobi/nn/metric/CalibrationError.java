package io.jacobi.nn.metric;

import io.jacobi.nn.train.RowAccumulator;
import io.jacobi.nn.train.Targets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The expected calibration error: by how much the confidence of predictions differs from the share that is right. 0 is
 * perfect: if the model is 80 % sure, it is right in 80 % of the cases.
 *
 * <pre>
 * ECE = Σ_m |right_m − confidence_m| / n     sums over the predictions in bin m, ((m − 1)/bins, m/bins]
 * </pre>
 *
 * The confidence of a prediction is the probability of the predicted class, or of the answer, yes or no, for each
 * binary output. Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, 2017, equation 3.
 *
 * @param outputs how the outputs are read
 * @param bins the number of bins of equal width
 */
public record CalibrationError(Outputs outputs, int bins) implements OutputMetric {

    /** The number of bins unless another is given. */
    private static final int BINS = 10;

    public CalibrationError {
        if (bins < 1) {
            throw new IllegalArgumentException("There are " + bins + " bins\n  expected at least 1");
        }
    }

    /** For one logit for each class, in 10 bins. */
    public CalibrationError() {
        this(Outputs.CLASS_LOGITS);
    }

    /** In 10 bins. */
    public CalibrationError(Outputs outputs) {
        this(outputs, BINS);
    }

    @Override
    public String name() {
        return "calibration error";
    }

    @Override
    public Need need() {
        return Need.PROBABILITY;
    }

    @Override
    public Accumulator start() {
        return new Bins(new OutputReader(name(), outputs), bins);
    }

    private static final class Bins extends RowAccumulator {

        private static final String TOTAL = "total";
        private static final String BIN = "bin ";

        private final OutputReader reader;
        /** For each bin, the number of right predictions less the sum of their confidences. */
        private final double[] gaps;

        private long total;

        private Bins(OutputReader reader, int bins) {
            this.reader = reader;
            this.gaps = new double[bins];
        }

        @Override
        protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
            if (reader.outputs().areClasses()) {
                int actual = reader.classOf(t, tStart, width, outputs, index);
                reader.toProbabilities(y, yStart, outputs, index);
                int predicted = Targets.largest(y, yStart, outputs);
                add(predicted < 0 ? Double.NaN : y[yStart + predicted], predicted == actual);
                return;
            }
            for (int i = 0; i < outputs; i++) {
                boolean yes = y[yStart + i] > reader.outputs().border();
                add(reader.probability(y[yStart + i], yes, index), yes == reader.isYes(t[tStart + i], index));
            }
        }

        private void add(double confidence, boolean right) {
            int bin = (int) Math.ceil(confidence * gaps.length) - 1;
            gaps[Math.min(Math.max(bin, 0), gaps.length - 1)] += (right ? 1 : 0) - confidence;
            total++;
        }

        @Override
        public double value() {
            return Arrays.stream(gaps).map(Math::abs).sum() / total;
        }

        @Override
        public Map<String, Double> state() {
            Map<String, Double> state = new LinkedHashMap<>();
            state.put(TOTAL, (double) total);
            for (int m = 0; m < gaps.length; m++) {
                state.put(BIN + m, gaps[m]);
            }
            return state;
        }

        @Override
        public void restore(Map<String, Double> state) {
            total = state.getOrDefault(TOTAL, 0d).longValue();
            for (int m = 0; m < gaps.length; m++) {
                gaps[m] = state.getOrDefault(BIN + m, 0d);
            }
        }
    }
}
