package io.jacobi.nn.metric;

/**
 * The root of the mean squared error, in the unit of the targets.
 *
 * <pre>
 * RMSE = √((1/n) Σ (y − t)²)     for each output; the mean of these over the outputs
 * </pre>
 *
 * scikit-learn: {@code root_mean_squared_error}, in older versions {@code mean_squared_error} with {@code
 * squared=False}.
 */
public record Rmse() implements NumberMetric {

    @Override
    public String name() {
        return "rmse";
    }

    @Override
    public Accumulator start() {
        return new ErrorSums(name(), (y, t) -> (y - t) * (y - t), (cost, spread, n) -> Math.sqrt(cost / n));
    }
}
