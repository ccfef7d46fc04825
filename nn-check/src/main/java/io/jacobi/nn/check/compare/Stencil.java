package io.jacobi.nn.check.compare;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How a derivative is made of values nearby.
 *
 * @param oracle {@link Oracle#DIFFERENCES} for central differences, {@link Oracle#FIVE_POINT} for the other
 * @param step h, in a line's {@linkplain Line#unit unit}
 * @param tolerance the largest relative error that passes
 */
public record Stencil(Oracle oracle, double step, double tolerance) {

    /** Shares of the step to look for a better one among. */
    private static final double[] SHARES =
            IntStream.rangeClosed(-3, 6).mapToDouble(k -> Math.scalb(1.0, -k)).toArray();

    /** A derivative, and the h that it was made with. */
    record Slope(double value, double h) {}

    /** The derivative along a line, with this share of the step. */
    Slope slope(Line line, double share) {
        double h = step * share * line.unit();
        return new Slope(oracle == Oracle.FIVE_POINT ? line.fivePoint(h) : line.central(h), h);
    }

    /**
     * The derivative where it changes least when the step is halved and doubled: with a step that suits the line, as truncation is less
     * than there with larger ones, and rounding with smaller ones (the idea of Ridders 1982). It knows nothing of what it is compared with.
     */
    Slope best(Line line) {
        Slope[] slopes = DoubleStream.of(SHARES).mapToObj(s -> slope(line, s)).toArray(Slope[]::new);
        return slopes[calmest(Arrays.stream(slopes).mapToDouble(Slope::value).toArray())];
    }

    /** The one that is closest to its neighbours, both of them: to one of them it may be close by chance. */
    static int calmest(double[] slopes) {
        int calmest = 1;
        for (int k = 2; k < slopes.length - 1; k++) {
            // a NaN is beyond any other
            if (Double.compare(spread(slopes, k), spread(slopes, calmest)) < 0) {
                calmest = k;
            }
        }
        return calmest;
    }

    /** The distance to the farther neighbour. */
    static double spread(double[] slopes, int k) {
        return Math.max(Math.abs(slopes[k] - slopes[k - 1]), Math.abs(slopes[k] - slopes[k + 1]));
    }

    /**
     * Whether the slopes on both sides differ, and go on differing when the step shrinks: for a smooth function their difference
     * shrinks with the step, at a kink it stays or, if the kink is beside the line's origin, goes all at once; rounding makes it grow.
     */
    boolean isKink(Line line, double scale) {
        double h = step * line.unit();
        double wide = Math.abs(line.jump(h));
        double narrow = Math.abs(line.jump(h / 8));
        boolean stays = narrow > wide / 2 && narrow < 2 * wide;
        return wide > 100 * tolerance * scale && (stays || narrow < wide / 64);
    }
}
