package io.jacobi.nn.check.layer;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** What happens at inputs that no standard normal gives: large ones, and equal ones. */
final class ExtremeClaims {

    /** What a network gets whose data nobody scaled. */
    private static final double LARGE = 1000;

    /** No kink of a common function lies here. */
    private static final double EQUAL = 0.618;

    /** In float, numbers near 1000 have an ulp of 6e-5. A formula that cancels loses all digits, and not the last four. */
    private static final double FLOAT_TOLERANCE = 1e-3;

    /** 1e-3 at 1000: y near 1000 is rounded by 1e-13, which leaves 1e-7 in a slope. */
    private static final double STEP = 1e-6;

    /** And of a gradient that is small where a layer saturates, 1e-4. */
    private static final double TOLERANCE = 1e-4;

    private ExtremeClaims() {}

    /** None if the inputs are no numbers to vary, or were narrowed to where the layer is defined. */
    static List<Claim> claims(LayerSettings settings, int batch) {
        if (!settings.inputs().areAnyNumbers()) {
            return List.of();
        }
        return List.of(
                LayerContract.claim(
                        settings, batch, "inputs of ±1000 give finite numbers", ExtremeClaims::notFiniteInEitherType),
                LayerContract.claim(
                        settings,
                        batch,
                        "float agrees with double near 1000",
                        p -> at(p, v -> LARGE + v, near -> LayerContract.differsInFloat(near, FLOAT_TOLERANCE))),
                LayerContract.claim(
                        settings,
                        batch,
                        "differences agree near ±1000",
                        p -> at(p, v -> Math.copySign(LARGE, v) + v, ExtremeClaims::differsFromDifferences)),
                LayerContract.claim(
                        settings, batch, "equal inputs share their slope", ExtremeClaims::notTheSlopeOfAll));
    }

    private static String notFiniteInEitherType(LayerProbe probe) {
        try (LayerProbe narrow = probe.inFloat()) {
            return Failures.join(notFinite(probe), notFinite(narrow));
        }
    }

    private static String notFinite(LayerProbe probe) {
        double[] mixed = signs(probe.x());
        double[] above = new double[mixed.length];
        Arrays.fill(above, LARGE);
        double[] below = new double[mixed.length];
        Arrays.fill(below, -LARGE);
        return Failures.join(
                notFinite(probe, above, "1000"),
                notFinite(probe, below, "-1000"),
                notFinite(probe, mixed, "1000 and -1000"));
    }

    private static String notFinite(LayerProbe probe, double[] x, String what) {
        LayerProbe.Result result = probe.run(x);
        return Failures.join(
                notFinite("y", result.y(), what, probe),
                notFinite("dx", result.dx(), what, probe),
                notFinite("gradient", result.gradients(), what, probe));
    }

    private static String notFinite(String name, double[] values, String x, LayerProbe probe) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return String.format(
                        Locale.ROOT,
                        "%s[%d] is %s where all x are %s, in %s (if the layer is not made for them, inputs(...) says so)",
                        name,
                        i,
                        values[i],
                        x,
                        probe.model().dataType());
            }
        }
        return "";
    }

    /** ±1000, with these signs. */
    static double[] signs(double[] x) {
        return Arrays.stream(x).map(v -> Math.copySign(LARGE, v)).toArray();
    }

    /** Looks where every input was moved: near 1000 and not there, as equal numbers are kinks of a maximum. */
    private static String at(LayerProbe probe, DoubleUnaryOperator move, Function<LayerProbe, String> experiment) {
        LayerSettings settings = probe.settings();
        Initializer moved = (values, shape, random) -> {
            settings.inputs().initializer().fill(values, shape, random);
            Arrays.setAll(values, i -> move.applyAsDouble(values[i]));
        };
        try (LayerProbe there = new LayerProbe(settings.with(settings.inputs().drawnFrom(moved)), probe.batch())) {
            return experiment.apply(there);
        }
    }

    /** At two steps: the long one may reach over a kink or a bend, the short one drown in rounding; no right gradient does both. */
    private static String differsFromDifferences(LayerProbe probe) {
        String failure = differsFromDifferences(probe, STEP);
        return failure.isEmpty() || differsFromDifferences(probe, STEP / 10).isEmpty() ? "" : failure;
    }

    private static String differsFromDifferences(LayerProbe probe, double step) {
        double tolerance = Math.max(TOLERANCE, probe.settings().tolerance());
        Differences differences =
                new Differences(new Stencil(Oracle.DIFFERENCES, step, tolerance), probe::projectedOutput);
        return Failures.join(LayerOracles.compareEach(probe, probe.run(), differences::compare).stream()
                .filter(result -> !result.passes())
                .map(result -> String.format(
                        Locale.ROOT,
                        "%s gradient%s is %.10g, expected %.10g",
                        result.tensor(),
                        result.where(),
                        result.worst().analytic(),
                        result.worst().expected()))
                .toList());
    }

    /**
     * Where elements of x are equal a maximum has a kink, and no difference in one of them tells which gradient is right. Along the
     * diagonal, on which all of them move at once, there is no kink: dx must sum to the slope.
     */
    private static String notTheSlopeOfAll(LayerProbe probe) {
        double[] x = new double[probe.x().length];
        Arrays.fill(x, EQUAL);
        double[] dx = probe.run(x).dx();
        double h = probe.settings().step();
        double[] above = projectedOutput(probe, EQUAL + h);
        double[] below = projectedOutput(probe, EQUAL - h);
        double slope = 0;
        double scale = 0;
        for (int i = 0; i < above.length; i++) {
            slope += (above[i] - below[i]) / (2 * h);
            scale += Math.abs(probe.cotangent()[i]);
        }
        double sum = Arrays.stream(dx).sum();
        scale += Arrays.stream(dx).map(Math::abs).sum();
        // written so that NaN differs
        if (!(Math.abs(sum - slope) <= probe.settings().tolerance() * scale)) {
            return String.format(
                    Locale.ROOT,
                    "where every x is %s dx sums to %.10g, and the slope along x + t is %.10g",
                    EQUAL,
                    sum,
                    slope);
        }
        return "";
    }

    private static double[] projectedOutput(LayerProbe probe, double x) {
        Vectors.fill(probe.workspace().scratch(), probe.workspace().input(), x);
        return probe.projectedOutput();
    }
}
