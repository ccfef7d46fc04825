package io.jacobi.nn.metric;

/**
 * The coefficient of determination: the share of the variance of the targets that the outputs explain. 1 is perfect, and
 * the mean of the targets as every output gives 0. It has no lower bound.
 *
 * <pre>
 * R² = 1 − Σ (y − t)² / Σ (t − mean of t)²     for each output; the mean of these over the outputs
 * </pre>
 *
 * An output whose targets are all equal gives 1 if it is always right and 0 otherwise. The value is NaN for fewer than
 * two examples. scikit-learn: {@code r2_score}. Source: Wright, Correlation and Causation, 1921.
 */
public record R2() implements NumberMetric {

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public Accumulator start() {
        return new ErrorSums(name(), (y, t) -> (y - t) * (y - t), R2::of);
    }

    private static double of(double cost, double spread, long examples) {
        if (examples < 2) {
            return Double.NaN;
        }
        if (spread == 0) {
            return cost == 0 ? 1 : 0;
        }
        return 1 - cost / spread;
    }
}
