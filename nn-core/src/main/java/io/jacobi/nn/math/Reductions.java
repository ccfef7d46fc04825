package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over arrays, accumulated in double for floats as well. The order of the terms is fixed, so that equal arrays
 * give identical sums.
 */
public final class Reductions {

    /** 2^-900: a square that is denormal, and so has lost digits, is less than a digit of a sum of this size. */
    private static final double SMALLEST_EXACT_SUM = 0x1p-900;

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
     * √(Σ a²), also where a square is too large or too small for a double. NaN if an element is NaN, otherwise infinite
     * if an element is infinite.
     *
     * @param s the scratch of the pass
     * @param a the array
     */
    public static double norm(Scratch s, INDArray a) {
        double sum = sumOfSquares(s, a);
        if (sum >= SMALLEST_EXACT_SUM && sum <= Double.MAX_VALUE) {
            return Math.sqrt(sum);
        }
        double largest = largest(s, a);
        return largest > 0 && largest <= Double.MAX_VALUE ? largest * normInUnitsOf(largest, s, a) : largest;
    }

    /** √(Σ (a / unit)²). With the largest magnitude as the unit, no square overflows and the sum is at least 1. */
    public static double normInUnitsOf(double unit, Scratch s, INDArray a) {
        Span span = s.span(a);
        double sum = 0;
        for (int i = 0; i < span.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, span.length() - i);
            double[] tile = s.load(0, span, i, n);
            for (int k = 0; k < n; k++) {
                tile[k] /= unit;
            }
            sum += sumOfSquares(tile, n);
        }
        return Math.sqrt(sum);
    }

    /**
     * max |a|; NaN if an element is NaN.
     *
     * @param s the scratch of the pass
     * @param a the array
     */
    public static double largest(Scratch s, INDArray a) {
        Span span = s.span(a);
        double largest = 0;
        for (int i = 0; i < span.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, span.length() - i);
            largest = Math.max(largest, largest(s.load(0, span, i, n), n));
        }
        return largest;
    }

    /** max |a| over the first {@code n} elements; NaN if one is NaN. */
    public static double largest(double[] a, int n) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
        }
        return largest;
    }

    /**
     * Whether no |a[i]| from {@code from} to before {@code to} reaches a bound, in most cases by one product of BLAS:
     * it takes 31 us over 536,000 floats, a sixth of {@link #sumOfSquares}. False also if an element is NaN.
     *
     * @param s the scratch of the pass
     * @param bound its square is a normal number of the type of the elements
     */
    public static boolean isBelow(Scratch s, INDArray a, double bound, int from, int to) {
        Span span = s.span(a);
        // a sum of rounded squares may be a little too small, but not by half
        if (Blas.sumOfSquares(span.isFloat(), to - from, s.cursors().a(span, from)) < bound * bound / 2) {
            return true;
        }
        // many elements below the bound may have a large sum
        for (int i = from; i < to; i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to - i);
            if (!(largest(s.load(0, span, i, n), n) < bound)) {
                return false;
            }
        }
        return true;
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
