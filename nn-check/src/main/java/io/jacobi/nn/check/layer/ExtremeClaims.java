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

/** The claims about inputs that the standard normal never gives: large inputs, and equal inputs. */
final class ExtremeClaims {

    /** The size of inputs whose data were not scaled. */
    private static final double LARGE = 1000;

    /** A number at which no common function has a kink. */
    private static final double EQUAL = 0.618;

    /**
     * In float, numbers near 1000 have an ulp of 6e-5. A formula that cancels loses all digits, not just the last four.
     */
    private static final double FLOAT_TOLERANCE = 1e-3;

    /** A step of 1e-3 at 1000: y near 1000 is rounded by 1e-13, which leaves an error of 1e-7 in a slope. */
    private static final double STEP = 1e-6;

    /** The relative error of a gradient that is small because the layer saturates is 1e-4. */
    private static final double TOLERANCE = 1e-4;

    private ExtremeClaims() {}

    /** There are none if the inputs are not numbers to vary, or were narrowed to where the layer is defined. */
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
                        "%s[%d] is %s where all x are %s, in %s (fix if the layer is not made for them: inputs(...))",
                        name,
                        i,
                        values[i],
                        x,
                        probe.model().dataType());
            }
        }
        return "";
    }

    /** Returns ±1000, with the signs of x. */
    static double[] signs(double[] x) {
        return Arrays.stream(x).map(v -> Math.copySign(LARGE, v)).toArray();
    }

    /**
     * Runs an experiment at inputs that were moved: near 1000 and not at 1000, because equal numbers are kinks of a
     * maximum.
     */
    private static String at(LayerProbe probe, DoubleUnaryOperator move, Function<LayerProbe, String> experiment) {
        if (!notFinite(probe).isEmpty()) {
            // where the layer is not defined there is nothing to compare, and another claim says so
            return "";
        }
        LayerSettings settings = probe.settings();
        Initializer moved = (values, shape, random) -> {
            settings.inputs().initializer().fill(values, shape, random);
            Arrays.setAll(values, i -> move.applyAsDouble(values[i]));
        };
        try (LayerProbe there = new LayerProbe(settings.with(settings.inputs().drawnFrom(moved)), probe.batch())) {
            return experiment.apply(there);
        }
    }

    /**
     * Compares at two steps: the long step may cross a kink or a bend, and rounding may hide the slope at the short
     * step. A right gradient agrees with at least one.
     */
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
     * Where elements of x are equal, a maximum has a kink, and no difference in one element decides which gradient is
     * right. Along the diagonal, where all elements move together, there is no kink: dx must sum to the slope.
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
                    "where every x is %s, dx sums to %.10g, and the slope along x + t is %.10g",
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
