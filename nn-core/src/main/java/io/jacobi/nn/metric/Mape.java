package io.jacobi.nn.metric;

/**
 * The mean absolute percentage error, as a share and not in percent: 0.1 means that outputs are off by a tenth of the
 * target.
 *
 * <pre>
 * MAPE = (1/n) Σ |y − t| / max(|t|, ε)     the mean over all outputs     ε = 2⁻⁵²
 * </pre>
 *
 * A target of 0 makes it huge; use {@link Mae} if targets come near 0. scikit-learn: {@code
 * mean_absolute_percentage_error}; the metric of Keras is 100 times as large.
 */
public record Mape() implements NumberMetric {

    /** The distance from 1 to the next double, as in scikit-learn. */
    private static final double EPSILON = Math.ulp(1d);

    @Override
    public String name() {
        return "mape";
    }

    @Override
    public Accumulator start() {
        return new ErrorSums(
                name(), (y, t) -> Math.abs(y - t) / Math.max(Math.abs(t), EPSILON), (cost, spread, n) -> cost / n);
    }
}
