package io.jacobi.nn.metric;

import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.train.RowAccumulator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sum of a cost for each output, and the mean over the outputs of a function of the sums. */
final class ErrorSums extends RowAccumulator {

    private static final String EXAMPLES = "examples";
    private static final String COST = "cost ";
    private static final String MEAN = "mean ";
    private static final String SPREAD = "spread ";

    private final String metric;
    private final Cost cost;
    private final Summary summary;
    private long examples;
    private double[] costs = {};
    private double[] means = {};
    private double[] spreads = {};

    ErrorSums(String metric, Cost cost, Summary summary) {
        this.metric = metric;
        this.cost = cost;
        this.summary = summary;
    }

    /** What an output y costs if t is right. */
    interface Cost {
        double of(double y, double t);
    }

    /** The value for one output. */
    interface Summary {

        /**
         * Returns the value.
         *
         * @param cost the sum of the costs
         * @param spread Σ (t − mean of t)²
         * @param examples the number of examples
         */
        double of(double cost, double spread, long examples);
    }

    @Override
    protected void row(double[] y, int yStart, int outputs, double[] t, int tStart, int width, int index) {
        ensure(outputs);
        examples++;
        for (int i = 0; i < outputs; i++) {
            double target = t[tStart + i];
            if (!Double.isFinite(target)) {
                throw new ExampleException(
                        "The metric " + metric + " cannot judge the target of ",
                        index,
                        ", which is " + target + "\n  expected a finite number"
                                + "\n  fix: leave out examples without a target, or fill it in");
            }
            costs[i] += cost.of(y[yStart + i], target);
            // Welford 1962: Σ t² − n mean² cancels
            double delta = target - means[i];
            means[i] += delta / examples;
            spreads[i] += delta * (target - means[i]);
        }
    }

    private void ensure(int outputs) {
        if (costs.length < outputs) {
            costs = Arrays.copyOf(costs, outputs);
            means = Arrays.copyOf(means, outputs);
            spreads = Arrays.copyOf(spreads, outputs);
        }
    }

    @Override
    public double value() {
        double sum = 0;
        for (int i = 0; i < costs.length; i++) {
            sum += summary.of(costs[i], spreads[i], examples);
        }
        return sum / costs.length;
    }

    @Override
    public Map<String, Double> state() {
        Map<String, Double> state = new LinkedHashMap<>();
        state.put(EXAMPLES, (double) examples);
        for (int i = 0; i < costs.length; i++) {
            state.put(COST + i, costs[i]);
            state.put(MEAN + i, means[i]);
            state.put(SPREAD + i, spreads[i]);
        }
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        examples = state.getOrDefault(EXAMPLES, 0d).longValue();
        ensure(state.size() / 3);
        for (int i = 0; i < costs.length; i++) {
            costs[i] = state.getOrDefault(COST + i, 0d);
            means[i] = state.getOrDefault(MEAN + i, 0d);
            spreads[i] = state.getOrDefault(SPREAD + i, 0d);
        }
    }
}
