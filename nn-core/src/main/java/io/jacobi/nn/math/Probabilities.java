package io.jacobi.nn.math;

/** Probabilities from logits, in double and on the heap. */
public final class Probabilities {

    private Probabilities() {}

    /** Returns 1 / (1 + e^−z), computed from an exponential that cannot overflow. */
    public static double sigmoid(double z) {
        double small = Math.exp(-Math.abs(z));
        return (z >= 0 ? 1 : small) / (1 + small);
    }

    /**
     * Replaces the logits {@code z[at]} to {@code z[at + n - 1]} by their softmax, e^zᵢ / Σ e^zⱼ. Log-probabilities
     * become the probabilities. A logit of −∞ becomes 0; a NaN or a +∞ makes all of them NaN.
     */
    public static void softmax(double[] z, int at, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            max = Math.max(max, z[i]);
        }
        double sum = 0;
        for (int i = at; i < at + n; i++) {
            // shifted by the maximum, e^z cannot overflow
            z[i] = Math.exp(z[i] - max);
            sum += z[i];
        }
        for (int i = at; i < at + n; i++) {
            z[i] /= sum;
        }
    }
}
