package io.jacobi.nn.loss;

/**
 * Squared error near 0 and absolute error far from it: smooth for small errors, and with a bounded gradient for
 * outliers.
 *
 * <pre>
 * y, t [batch, any shape]   e = y − t
 * L = (1/n) Σ h(e)     h(e) = e² / 2 if |e| ≤ δ, otherwise δ (|e| − δ/2)
 * dy = clamp(e, −δ, δ) / n     n = batch · outputs
 * </pre>
 *
 * The mean is over all elements, as in PyTorch's {@code HuberLoss}. Value and slope are continuous where the two parts
 * meet. Targets are finite numbers.
 *
 * <p>Derivation: docs/derivations/huber.md. Source: Huber 1964.
 *
 * @param delta δ, the error above which the loss is linear; positive
 */
public record Huber(double delta) implements ElementwiseLoss {

    public Huber {
        if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Huber's delta is " + delta + "\n  expected a positive, finite number");
        }
    }

    /** δ = 1, as in PyTorch. */
    public Huber() {
        this(1);
    }

    @Override
    public double sum(double[] y, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double error = y[i] - t[i];
            double size = Math.abs(error);
            sum += size <= delta ? error * error / 2 : delta * (size - delta / 2);
            y[i] = Math.max(-delta, Math.min(delta, error));
        }
        return sum;
    }

    @Override
    public String toString() {
        return "Huber(" + delta + ")";
    }
}
