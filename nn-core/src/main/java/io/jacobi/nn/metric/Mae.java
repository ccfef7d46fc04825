package io.jacobi.nn.metric;

/**
 * The mean absolute error, in the unit of the targets.
 *
 * <pre>
 * MAE = (1/n) Σ |y − t|     the mean over all outputs
 * </pre>
 *
 * The loss MeanAbsoluteError has the same value unless examples have weights, which metrics do not count. scikit-learn:
 * {@code mean_absolute_error}.
 */
public record Mae() implements NumberMetric {

    @Override
    public String name() {
        return "mae";
    }

    @Override
    public Accumulator start() {
        return new ErrorSums(name(), (y, t) -> Math.abs(y - t), (cost, spread, n) -> cost / n);
    }
}
