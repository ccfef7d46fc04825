package io.jacobi.nn.optim;

/**
 * Keeps moments out of the denormal numbers. If the gradient of a weight stays 0, as for an inactive unit, its moment
 * shrinks by a constant factor at each step until it is denormal, and processors compute with denormal numbers in
 * microcode. Adam's step over 536,000 floats took 1.6 ms then, and takes 0.8 ms with this class.
 *
 * <p>{@code (x + c) − c} rounds x to a multiple of the last digit of c, without a branch, so that the loop around it
 * vectorizes. An x above 2^24 c (in double 2^53 c) does not change, and a smaller x changes by at most its own last
 * digit or the last digit of c. NaN stays NaN. A shrinking x does not reach 0: it stops at a few units, where a step is
 * less than half a unit.
 *
 * <p>The constants leave a margin, because a mean times a rate and a square times 1 − β must not be denormal either.
 */
final class Denormals {

    /** For means and velocities: the smallest result is 2^-94, about 5e-29. */
    private static final float FLOAT = 0x1p-70f;

    /**
     * For means of squares, which compare with ε²: the smallest result is 2^-123; the smallest normal float is 2^-126.
     */
    private static final float FLOAT_SQUARE = 0x1p-100f;

    /** For moments of float models that were widened to double: the smallest result is 2^-124, a normal float. */
    private static final double WIDENED = 0x1p-71;

    /** For means and velocities: the smallest result is 2^-903. */
    private static final double DOUBLE = 0x1p-850;

    /** For means of squares: the smallest result is 2^-1002; the smallest normal double is 2^-1022. */
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
     * @param widened whether the elements were floats and will be rounded to floats again
     */
    static void flush(double[] moment, int n, boolean widened) {
        double c = widened ? WIDENED : DOUBLE;
        for (int i = 0; i < n; i++) {
            moment[i] = (moment[i] + c) - c;
        }
    }
}
