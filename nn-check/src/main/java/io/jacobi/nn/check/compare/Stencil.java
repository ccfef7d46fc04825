package io.jacobi.nn.check.compare;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A formula for a derivative from values nearby, with its step.
 *
 * @param oracle {@link Oracle#DIFFERENCES} for central differences, {@link Oracle#FIVE_POINT} for five points
 * @param step h, in a line's {@linkplain Line#unit unit}
 * @param tolerance the largest relative error that passes
 */
public record Stencil(Oracle oracle, double step, double tolerance) {

    /**
     * The step of central differences: about the cube root of double's rounding unit, where truncation and rounding
     * errors balance.
     */
    public static final double CENTRAL_STEP = 1e-5;

    /**
     * A smooth function reaches this tolerance with room to spare, and a wrong gradient misses it by orders of
     * magnitude.
     */
    public static final double CENTRAL_TOLERANCE = 1e-7;

    /**
     * The step of five points: about (30 u)^(1/5) of double's rounding unit u, where the truncation error h⁴/30 and the
     * rounding error u/h balance.
     */
    public static final double FIVE_POINT_STEP = 0.001;

    /** A smooth function reaches this tolerance with five points. */
    public static final double FIVE_POINT_TOLERANCE = 1e-10;

    /** Factors of the step, among which a better step is searched. */
    private static final double[] FACTORS =
            IntStream.rangeClosed(-3, 6).mapToDouble(k -> Math.scalb(1.0, -k)).toArray();

    public Stencil {
        requirePositive("step", step);
        requirePositive("tolerance", tolerance);
    }

    private static void requirePositive(String what, double value) {
        // written so that NaN is refused
        if (!(value > 0)) {
            throw new IllegalArgumentException("The " + what + " is " + value + "\n  expected a positive number");
        }
    }

    /** Returns central differences with the default step and tolerance. */
    public static Stencil central() {
        return new Stencil(Oracle.DIFFERENCES, CENTRAL_STEP, CENTRAL_TOLERANCE);
    }

    /** Returns five points with the default step and tolerance. */
    public static Stencil fivePoint() {
        return new Stencil(Oracle.FIVE_POINT, FIVE_POINT_STEP, FIVE_POINT_TOLERANCE);
    }

    /**
     * Returns a copy with this step.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Stencil withStep(double h) {
        return new Stencil(oracle, h, tolerance);
    }

    /**
     * Returns a copy with this tolerance.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Stencil withTolerance(double largestError) {
        return new Stencil(oracle, step, largestError);
    }

    /** A derivative, and the h it was computed with. */
    record Slope(double value, double h) {}

    /** Returns the derivative along a line, with this factor of the step. */
    Slope slope(Line line, double factor) {
        double h = step * factor * line.unit();
        return new Slope(oracle == Oracle.FIVE_POINT ? line.fivePoint(h) : line.central(h), h);
    }

    /**
     * Returns the derivative at the step where it changes least when the step is halved and doubled. That step suits
     * the line, because larger steps have more truncation error and smaller steps more rounding error (the idea of
     * Ridders 1982). The search does not depend on the gradient that is checked.
     */
    Slope best(Line line) {
        Slope[] slopes = DoubleStream.of(FACTORS).mapToObj(s -> slope(line, s)).toArray(Slope[]::new);
        return slopes[calmest(Arrays.stream(slopes).mapToDouble(Slope::value).toArray())];
    }

    /**
     * Returns the position of the slope that is closest to both its neighbours, because it may be close to one of them
     * by chance.
     */
    static int calmest(double[] slopes) {
        int calmest = 1;
        for (int k = 2; k < slopes.length - 1; k++) {
            // a NaN is greater than any other
            if (Double.compare(spread(slopes, k), spread(slopes, calmest)) < 0) {
                calmest = k;
            }
        }
        return calmest;
    }

    /** Returns the distance to the farther neighbour. */
    static double spread(double[] slopes, int k) {
        return Math.max(Math.abs(slopes[k] - slopes[k - 1]), Math.abs(slopes[k] - slopes[k + 1]));
    }

    /**
     * Whether the slopes on both sides differ, and still differ when the step shrinks. For a smooth function their
     * difference shrinks with the step. At a kink it stays, or vanishes completely if the kink is beside the line's
     * origin. Rounding makes it grow.
     */
    boolean isKink(Line line, double scale) {
        double h = step * line.unit();
        double wide = Math.abs(line.jump(h));
        double narrow = Math.abs(line.jump(h / 8));
        boolean stays = narrow > wide / 2 && narrow < 2 * wide;
        return wide > 100 * tolerance * scale && (stays || narrow < wide / 64);
    }
}
