package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over arrays, accumulated in double for floats as well. The order of the terms is fixed, so that equal arrays
 * give identical sums.
 */
public final class Reductions {

    private Reductions() {}

    /**
     * Σ a².
     *
     * @param s the scratch of the pass
     * @param a the array
     */
    public static double sumOfSquares(Scratch s, INDArray a) {
        Span span = s.span(a);
        double sum = 0;
        for (int i = 0; i < span.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, span.length() - i);
            sum += span.isFloat()
                    ? sumOfSquares(s.loadFloats(0, span, i, n), n)
                    : sumOfSquares(s.load(0, span, i, n), n);
        }
        return sum;
    }

    /**
     * Σ a² over the first {@code n} elements. Four sums side by side, because a single sum would wait for each addition
     * to end before the next begins, and the compiler may not change the order.
     */
    public static double sumOfSquares(float[] a, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            s0 += (double) a[i] * a[i];
            s1 += (double) a[i + 1] * a[i + 1];
            s2 += (double) a[i + 2] * a[i + 2];
            s3 += (double) a[i + 3] * a[i + 3];
        }
        for (; i < n; i++) {
            s0 += (double) a[i] * a[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Σ a² over the first {@code n} elements. */
    public static double sumOfSquares(double[] a, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            s0 += a[i] * a[i];
            s1 += a[i + 1] * a[i + 1];
            s2 += a[i + 2] * a[i + 2];
            s3 += a[i + 3] * a[i + 3];
        }
        for (; i < n; i++) {
            s0 += a[i] * a[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Σ |a| over the first {@code n} elements. */
    public static double sumOfAbsolutes(float[] a, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            s0 += Math.abs(a[i]);
            s1 += Math.abs(a[i + 1]);
            s2 += Math.abs(a[i + 2]);
            s3 += Math.abs(a[i + 3]);
        }
        for (; i < n; i++) {
            s0 += Math.abs(a[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Σ |a| over the first {@code n} elements. */
    public static double sumOfAbsolutes(double[] a, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            s0 += Math.abs(a[i]);
            s1 += Math.abs(a[i + 1]);
            s2 += Math.abs(a[i + 2]);
            s3 += Math.abs(a[i + 3]);
        }
        for (; i < n; i++) {
            s0 += Math.abs(a[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
