package io.jacobi.nn.loss;

/**
 * The mean of the absolute errors, for regression in which outliers should not dominate.
 *
 * <pre>
 * y, t [batch, any shape]
 * L = (1/n) Σ |y − t|     dy = sign(y − t) / n     n = batch · outputs
 * </pre>
 *
 * The mean is over all elements, as in PyTorch. At the kink, y = t, the derivative is taken as 0. Targets are finite
 * numbers.
 *
 * <p>Derivation: docs/derivations/mean-absolute-error.md. Source: Goodfellow et al. 2016, section 6.2.1.2.
 */
public record MeanAbsoluteError() implements ElementwiseLoss {

    @Override
    public double sum(double[] y, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double error = y[i] - t[i];
            sum += Math.abs(error);
            // 0 at the kink, NaN for NaN
            y[i] = Math.signum(error);
        }
        return sum;
    }

    @Override
    public String toString() {
        return "MeanAbsoluteError";
    }
}
