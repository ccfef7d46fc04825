package io.jacobi.nn.layers;

/** One step of {@link Lstm} for one example, and its derivative; a holds the gates i, f, g and o, in this order. */
final class LstmCell {

    private LstmCell() {}

    /** Replaces a by i, f, g and o, and c by the next cell; writes tanh c and the next state h. */
    static void forward(int units, double[] a, double[] c, double[] tanh, double[] h) {
        for (int k = 0; k < units; k++) {
            double i = Recurrent.sigmoid(a[k]);
            double f = Recurrent.sigmoid(a[units + k]);
            double g = Recurrent.tanh(a[2 * units + k]);
            double o = Recurrent.sigmoid(a[3 * units + k]);
            c[k] = f * c[k] + i * g;
            tanh[k] = Recurrent.tanh(c[k]);
            h[k] = o * tanh[k];
            a[k] = i;
            a[units + k] = f;
            a[2 * units + k] = g;
            a[3 * units + k] = o;
        }
    }

    /** h = o · tanh(c)   =>   replaces o by its da, and adds to dc. */
    static void outputBackward(int units, double[] tanh, double[] dh, double[] a, double[] dc) {
        for (int k = 0; k < units; k++) {
            double o = a[3 * units + k];
            dc[k] += dh[k] * o * (1 - tanh[k]) * (1 + tanh[k]);
            a[3 * units + k] = dh[k] * tanh[k] * o * (1 - o);
        }
    }

    /** cₜ = f · cₜ₋₁ + i · g   =>   replaces i, f and g by their da, and dcₜ by dcₜ₋₁. */
    static void cellBackward(int units, double[] previousC, double[] a, double[] dc) {
        for (int k = 0; k < units; k++) {
            double i = a[k];
            double f = a[units + k];
            double g = a[2 * units + k];
            a[k] = dc[k] * g * i * (1 - i);
            a[units + k] = dc[k] * previousC[k] * f * (1 - f);
            a[2 * units + k] = dc[k] * i * (1 - g) * (1 + g);
            dc[k] *= f;
        }
    }
}
