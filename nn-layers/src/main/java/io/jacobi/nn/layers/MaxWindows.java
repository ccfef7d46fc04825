package io.jacobi.nn.layers;

import io.jacobi.nn.math.Window;

/** The loops of {@link MaxPool2d} over one channel of one image. */
final class MaxWindows {

    private MaxWindows() {}

    /** The maximum of each window and its index in the channel: the first of equal elements, or the first NaN. */
    static void largest(double[] x, Window down, Window across, double[] y, double[] argmax) {
        int position = 0;
        for (int p = 0; p < down.positions(); p++) {
            int top = Math.max(down.at(p, 0), 0);
            int bottom = Math.min(down.at(p, down.kernel()), down.input());
            for (int q = 0; q < across.positions(); q++) {
                int left = Math.max(across.at(q, 0), 0);
                int right = Math.min(across.at(q, across.kernel()), across.input());
                int best = top * across.input() + left;
                for (int u = top; u < bottom; u++) {
                    for (int v = u * across.input() + left; v < u * across.input() + right; v++) {
                        // a comparison with NaN is false, so a NaN replaces any maximum and is then kept
                        best = x[v] <= x[best] || Double.isNaN(x[best]) ? best : v;
                    }
                }
                y[position] = x[best];
                argmax[position] = best;
                position++;
            }
        }
    }

    /**
     * The maximum of each window of 2x2 side by side, and its index in the channel. Returns false, with a meaningless
     * result, if a window has a number that is not finite.
     *
     * <p>The larger of two numbers is hard to predict: with a branch, 16 channels of 28x28 took 69 us, and this takes
     * 25 us. The sign bit of the difference needs no branch. It is 0 for equal numbers, so the first of them is the
     * maximum.
     */
    static boolean pairs(float[] x, Window down, Window across, float[] y, float[] argmax) {
        int n = across.positions();
        float sum = 0;
        for (int p = 0; p < down.positions(); p++) {
            sum += pairs(x, 2 * p * across.input(), across.input(), y, argmax, p * n, n);
        }
        return Float.isFinite(sum);
    }

    /** One row of windows, from element {@code from} of x; returns the sum of their elements. */
    private static float pairs(float[] x, int from, int width, float[] y, float[] argmax, int to, int n) {
        float sum = 0;
        for (int q = 0; q < n; q++) {
            int i = from + 2 * q;
            float a = x[i];
            float b = x[i + 1];
            float c = x[i + width];
            float d = x[i + width + 1];
            sum += (a + b) + (c + d);
            int top = i + smaller(a, b);
            int bottom = i + width + smaller(c, d);
            int best = top + smaller(x[top], x[bottom]) * (bottom - top);
            y[to + q] = x[best];
            argmax[to + q] = best;
        }
        return sum;
    }

    /** 1 if a is smaller than b, else 0, for finite numbers. */
    private static int smaller(float a, float b) {
        return Float.floatToRawIntBits(a - b) >>> 31;
    }
}
