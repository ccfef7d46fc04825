package io.jacobi.nn.optim;

/**
 * The sizes up to which a step needs no care. A float is finite below 2^128, so the square of a gradient of 2^64, about
 * 1.8e19, is infinite in float. An ordinary gradient is below 2^50: its square is below 2^100, and a sum of such
 * squares stays finite for 2^28 steps. The bounds of doubles leave the same kind of margin below 2^1024.
 *
 * <p>Each bound is on single elements. Whether a step is ordinary therefore does not depend on how it is split.
 */
final class Magnitudes {

    /** Rates that multiply an ordinary gradient, or a velocity made of many, to a finite float. */
    private static final double ORDINARY_RATE = 0x1p40;

    private Magnitudes() {}

    static double ordinaryGradient(boolean isFloat) {
        return isFloat ? 0x1p50 : 0x1p450;
    }

    /** Moments below this serve the loops over floats; means of squares of ordinary gradients are. */
    static double ordinaryMoment(boolean isFloat) {
        return isFloat ? 0x1p100 : 0x1p900;
    }

    /** Whether a step of this rate, which first multiplies weights by {@code keep}, can make no weight overflow. */
    static boolean isOrdinary(double rate, double keep) {
        return rate < ORDINARY_RATE && Math.abs(keep) <= 1;
    }
}
