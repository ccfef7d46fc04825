package io.jacobi.nn.loss;

/**
 * The mean of the squared errors, for regression in which large errors matter most.
 *
 * <pre>
 * y, t [batch, any shape]
 * L = (1/n) Σ (y − t)²     dy = 2 (y − t) / n     n = batch · outputs
 * </pre>
 *
 * The mean is over all elements, as in PyTorch: with k outputs it is 1/k of the mean over the examples of the squared
 * distance. Targets are finite numbers.
 *
 * <p>Derivation: docs/derivations/mean-squared-error.md. Source: Goodfellow et al. 2016, section 5.1.4.
 */
public record MeanSquaredError() implements ElementwiseLoss {

    @Override
    public double sum(double[] y, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double error = y[i] - t[i];
            sum += error * error;
            y[i] = 2 * error;
        }
        return sum;
    }

    @Override
    public String toString() {
        return "MeanSquaredError";
    }
}
