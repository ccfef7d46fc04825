package io.jacobi.nn.optim;

/**
 * Keeps moments out of the denormal numbers. The moment of a weight that no longer sees a gradient, such as one behind a unit that
 * has died, shrinks by the same factor at each step until it is so small that processors compute with it in microcode. Adam's step
 * over 536,000 floats took 1.6 ms then, and takes 0.8 ms with this.
 *
 * <p>{@code (x + c) − c} rounds x to a multiple of the last digit of c, without a branch, so that the loop around it vectorizes.
 * What is larger than 2^24 c (in double 2^53 c) is left as it is; below, x is off by at most its own last digit, or that of c.
 * A NaN stays NaN. A shrinking x does not reach 0: it stops at a few units, where a step would be less than half of one.
 *
 * <p>The constants leave room below, since what is computed from a moment must not be denormal either: a mean times a rate, a
 * square times 1 − β.
 */
final class Denormals {

    /** For means and velocities: what is left is at least 2^-94, about 5e-29. */
    private static final float FLOAT = 0x1p-70f;

    /** For means of squares, which compare with ε²: what is left is at least 2^-123; the smallest normal float is 2^-126. */
    private static final float FLOAT_SQUARE = 0x1p-100f;

    /** For moments of float models that were widened to double: what is left is at least 2^-124, and so a normal float. */
    private static final double WIDENED = 0x1p-71;

    /** For means and velocities: what is left is at least 2^-903. */
    private static final double DOUBLE = 0x1p-850;

    /** For means of squares: what is left is at least 2^-1002; the smallest normal double is 2^-1022. */
    private static final double DOUBLE_SQUARE = 0x1p-950;

    private Denormals() {}

    static float flushMean(float x) {
        return (x + FLOAT) - FLOAT;
    }

    static float flushSquare(float x) {
        return (x + FLOAT_SQUARE) - FLOAT_SQUARE;
    }

    static double flushMean(double x) {
        return (x + DOUBLE) - DOUBLE;
    }

    static double flushSquare(double x) {
        return (x + DOUBLE_SQUARE) - DOUBLE_SQUARE;
    }

    /**
     * Flushes the first {@code n} elements of any moment.
     *
     * @param widened whether they were floats and will be rounded to floats again
     */
    static void flush(double[] moment, int n, boolean widened) {
        double c = widened ? WIDENED : DOUBLE;
        for (int i = 0; i < n; i++) {
            moment[i] = (moment[i] + c) - c;
        }
    }
}
