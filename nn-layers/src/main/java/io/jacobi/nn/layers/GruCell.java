package io.jacobi.nn.layers;

/** One step of {@link Gru} for one example, and its derivative; a holds the gates r, z and g, in this order. */
final class GruCell {

    private GruCell() {}

    /** Replaces a by r, z and g, and h by the next state. */
    static void forward(int units, double[] a, double[] q, double[] h) {
        for (int k = 0; k < units; k++) {
            double r = Recurrent.sigmoid(a[k] + q[k]);
            double z = Recurrent.sigmoid(a[units + k] + q[units + k]);
            double g = Recurrent.tanh(a[2 * units + k] + r * q[2 * units + k]);
            h[k] = (1 - z) * g + z * h[k];
            a[k] = r;
            a[units + k] = z;
            a[2 * units + k] = g;
        }
    }

    /**
     * hₜ = (1 − z) · g + z · hₜ₋₁   =>   replaces r, z and g by da, q by dq, and dhₜ by the part of dhₜ₋₁ that does not
     * pass through q.
     */
    static void backward(int units, double[] previousH, double[] a, double[] q, double[] dh) {
        for (int k = 0; k < units; k++) {
            double r = a[k];
            double z = a[units + k];
            double g = a[2 * units + k];
            double dag = dh[k] * (1 - z) * (1 - g) * (1 + g);
            double dar = dag * q[2 * units + k] * r * (1 - r);
            double daz = dh[k] * (previousH[k] - g) * z * (1 - z);
            a[k] = dar;
            a[units + k] = daz;
            a[2 * units + k] = dag;
            q[k] = dar;
            q[units + k] = daz;
            q[2 * units + k] = dag * r;
            dh[k] *= z;
        }
    }
}
