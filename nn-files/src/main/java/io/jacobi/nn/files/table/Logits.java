package io.jacobi.nn.files.table;

/** Probabilities from logits, in double. */
public final class Logits {

    private Logits() {}

    /** 1 / (1 + exp(-z)). */
    public static double sigmoid(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }

    /** exp(z_i) / Σ_j exp(z_j); the largest logit is subtracted first, so that no exponential overflows. */
    public static double[] softmax(float[] z) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : z) {
            largest = Math.max(largest, logit);
        }
        double[] p = new double[z.length];
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            p[i] = StrictMath.exp(z[i] - largest);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
