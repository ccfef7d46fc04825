package io.jacobi.nn.check.compare;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Central differences along a line at shrinking steps, compared with the slope that is claimed. If the claim is right,
 * the error falls as h² until rounding makes it rise as 1/h; if it is wrong, the error stays at the size of the
 * mistake. If the function is quadratic along the line, as for a layer that is linear in its input and in its weights,
 * the error is rounding from the start.
 */
public final class StepSweep {

    /** Two steps in each decade. */
    private static final double[] STEPS = IntStream.rangeClosed(4, 18)
            .mapToDouble(k -> Math.pow(10, -k / 2.0))
            .toArray();

    /** The number of smallest steps, between which differences differ by rounding alone. */
    private static final int ROUNDED = 5;

    /**
     * The smallest order that counts as h². There is no largest, because the error falls faster along a line whose
     * third derivative is near 0.
     */
    private static final double LEAST_ORDER = 1.8;

    /** The smallest rounding error of values and their distances. */
    private static final double UNIT = Math.ulp(1.0);

    private final Line line;
    private final double analytic;
    private final double scale;
    private final int best;
    private final double[] slopes;

    /** Errors are relative to the larger of {@code scale} and the slope. */
    public StepSweep(Line line, double analytic, double scale) {
        this.line = line;
        this.analytic = analytic;
        this.slopes =
                Arrays.stream(STEPS).map(h -> line.central(h * line.unit())).toArray();
        this.best = Stencil.calmest(slopes);
        this.scale = Math.max(scale, Math.abs(slopes[best]));
    }

    /** The relative error at a step. */
    private double error(int k) {
        return Math.abs(slopes[k] - analytic) / scale;
    }

    /** How well differences agree with each other where they agree best. */
    private double uncertainty() {
        return Stencil.spread(slopes, best) / scale;
    }

    /** The size of rounding errors at a step, estimated from the smallest steps. */
    private double rounding(int k) {
        double unit = IntStream.range(STEPS.length - ROUNDED, STEPS.length)
                .mapToDouble(i -> Math.abs(slopes[i] - slopes[i - 1]) / scale * STEPS[i])
                .max()
                .orElse(0);
        return Math.max(unit, UNIT) / STEPS[k];
    }

    /**
     * The steps from the largest to the best at which the error is the truncation error of differences, far above
     * rounding.
     */
    private int[] truncated() {
        return IntStream.rangeClosed(0, best)
                .filter(k -> error(k) > 100 * rounding(k))
                .toArray();
    }

    /** Whether the best difference is off by more than rounding can explain, and by more than the tolerance. */
    private boolean isWrong(double tolerance) {
        // written so that NaN is wrong
        return !(error(best) <= Math.max(tolerance, 30 * Math.max(uncertainty(), rounding(best))));
    }

    /** The power of h with which the error falls just above rounding, over a decade; NaN if there is only rounding. */
    double order() {
        int[] k = truncated();
        if (k.length < 2) {
            return Double.NaN;
        }
        int small = k[k.length - 1];
        int large = k[Math.max(0, k.length - 3)];
        return Math.log(error(large) / error(small)) / Math.log(STEPS[large] / STEPS[small]);
    }

    /** Describes what was observed instead of an error that falls as h² to the tolerance; empty if it does. */
    public String failure(double tolerance) {
        if (isUndefinedNearby()) {
            return undefinedNearby();
        }
        if (isWrong(tolerance)) {
            return bug();
        }
        return order() < LEAST_ORDER ? "the error falls as h^" + format("%.2f", order()) + ", expected h^2" : "";
    }

    /** Describes the error of a slope that is right. */
    public String summary() {
        if (truncated().length == 0) {
            return "is rounding at any h, as for a linear or quadratic function; " + atBest();
        }
        String fall = Double.isNaN(order()) ? "once" : "as h^" + format("%.2f", order());
        return "falls " + fall + " until h = " + step(truncated()[truncated().length - 1]) + "; " + atBest();
    }

    /** Says why a comparison failed: a mistake, or a limit of differences. */
    String verdict(Stencil stencil) {
        if (!Double.isFinite(analytic)) {
            return "bug: backward wrote " + analytic;
        }
        if (isUndefinedNearby()) {
            return undefinedNearby();
        }
        if (isKink(stencil.tolerance())) {
            return "kink: the slopes on both sides differ, however small h is; fix: withKinks(), if the layer is"
                    + " meant to have kinks";
        }
        if (isWrong(stencil.tolerance())) {
            return bug();
        }
        return "rounding: no mistake visible; the error " + summary()
                + "; fix: another step, or a larger tolerance with a reason";
    }

    /** Whether the slopes on both sides differ as much at one step as at steps a tenth and a hundredth of it. */
    private boolean isKink(double tolerance) {
        DoubleSummaryStatistics jumps = IntStream.of(2, 4, 6)
                .mapToDouble(k -> Math.abs(line.jump(STEPS[k] * line.unit())))
                .summaryStatistics();
        return jumps.getMin() > 100 * tolerance * scale && jumps.getMax() < 2 * jumps.getMin();
    }

    private boolean isUndefinedNearby() {
        return Arrays.stream(slopes).anyMatch(slope -> !Double.isFinite(slope));
    }

    private String undefinedNearby() {
        return "the output is not finite within " + step(0) + " of here; fix: inputs(...) that stay away from it";
    }

    private String bug() {
        return "bug: the error does not fall with h: " + format("%.1e", error(2)) + " at h = " + step(2) + ", "
                + format("%.1e", error(best)) + " at h = " + step(best) + ", where differences agree to "
                + format("%.0e", uncertainty());
    }

    private String atBest() {
        return "at best " + format("%.0e", error(best)) + " at h = " + step(best);
    }

    private String step(int k) {
        return format("%.0e", STEPS[k] * line.unit());
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
