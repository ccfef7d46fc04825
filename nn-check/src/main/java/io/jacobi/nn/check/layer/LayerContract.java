package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The claims of the layer contract that central differences do not see. */
public final class LayerContract {

    /**
     * A float is rounded by 6e-8 at most, and errors of a sum grow as the root of its length, as the sum does. Over all checks of
     * nn-layers and a hundred seeds the worst was 3.4e-6.
     */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** What cancels leaves the rounding of what it was, and that was about 1: the size of weights, inputs and cotangents. */
    private static final double LEAST_SIZE = 0.1;

    /** Adding to a number other than zero rounds once more. */
    private static final double ROUNDING = 1e-12;

    private LayerContract() {}

    public static List<Claim> claims(GradientCheck check, int batch) {
        return List.of(
                // first: a layer that remembers its first call is a liar from the second on, and consistent then
                claim(check, batch, "the same seed repeats", LayerContract::notRepeated),
                claim(
                        check,
                        batch,
                        "forward writes all of y",
                        p -> notFinite("y", p.run().y())),
                claim(
                        check,
                        batch,
                        "backward writes all of dx",
                        p -> notFinite("dx", p.run().dx())),
                claim(
                        check,
                        batch,
                        "gradients are finite",
                        p -> notFinite("gradient", p.run().gradients())),
                claim(check, batch, "backward leaves x, y, dy and the weights alone", LayerContract::changedByBackward),
                claim(check, batch, "gradients accumulate", LayerContract::notAccumulated),
                claim(check, batch, "float agrees with double", LayerContract::differsInFloat));
    }

    /** A claim that is tested on a probe of its own. */
    static Claim claim(GradientCheck check, int batch, String name, Function<LayerProbe, String> experiment) {
        return Claim.of(name, batch, () -> {
            try (LayerProbe probe = new LayerProbe(check, batch)) {
                return experiment.apply(probe);
            }
        });
    }

    private static String notFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return name + "[" + i + "] is " + values[i] + " when every buffer held NaN before";
            }
        }
        return "";
    }

    private static String changedByBackward(LayerProbe probe) {
        probe.forward();
        double[] y = Vectors.toDoubles(probe.workspace().output());
        double[] weights = Vectors.toDoubles(probe.model().weights());
        probe.backward();
        return Failures.join(
                firstDifference(
                        "x", probe.x(), Vectors.toDoubles(probe.workspace().input()), 0),
                firstDifference("y", y, Vectors.toDoubles(probe.workspace().output()), 0),
                firstDifference(
                        "dy",
                        probe.cotangent(),
                        Vectors.toDoubles(probe.workspace().outputGradient()),
                        0),
                firstDifference(
                        "weights", weights, Vectors.toDoubles(probe.model().weights()), 0));
    }

    private static String notAccumulated(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        if (expected.gradients().length == 0) {
            return "";
        }
        double[] start = new double[expected.gradients().length];
        Arrays.setAll(start, i -> 1 + i % 7);
        Vectors.set(probe.workspace().gradients(), start);
        probe.forward();
        probe.backward();
        double[] sum = new double[start.length];
        Arrays.setAll(sum, i -> start[i] + expected.gradients()[i]);
        return firstDifference("gradient that held 1, 2, ... before", sum, probe.gradients(), ROUNDING);
    }

    private static String notRepeated(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        try (LayerProbe other = probe.again()) {
            return Failures.join(difference(expected, other.run(), 0), difference(expected, probe.run(), 0));
        }
    }

    private static String differsInFloat(LayerProbe probe) {
        return differsInFloat(probe, FLOAT_TOLERANCE);
    }

    /** On the same numbers: what rounding those does is not the layer's doing. */
    static String differsInFloat(LayerProbe probe, double tolerance) {
        try (LayerProbe wide = probe.rounded();
                LayerProbe narrow = probe.inFloat()) {
            LayerProbe.Result expected = wide.run();
            LayerProbe.Result actual = narrow.run();
            return Failures.join(
                    differsInFloat("y", expected.y(), actual.y(), tolerance, LEAST_SIZE),
                    differsInFloat("dx", expected.dx(), actual.dx(), tolerance, LEAST_SIZE),
                    // products with x
                    differsInFloat(
                            "gradient",
                            expected.gradients(),
                            actual.gradients(),
                            tolerance,
                            LEAST_SIZE * Math.max(1, largest(wide.x()))));
        }
    }

    private static String differsInFloat(
            String name, double[] expected, double[] actual, double tolerance, double leastSize) {
        return firstBeyond(name, expected, actual, tolerance * Math.max(largest(expected), leastSize));
    }

    static String difference(LayerProbe.Result expected, LayerProbe.Result actual, double tolerance) {
        return Failures.join(
                firstDifference("y", expected.y(), actual.y(), tolerance),
                firstDifference("dx", expected.dx(), actual.dx(), tolerance),
                firstDifference("gradient", expected.gradients(), actual.gradients(), tolerance));
    }

    /** The first element that differs by more than {@code tolerance}, relative to the largest expected. */
    public static String firstDifference(String name, double[] expected, double[] actual, double tolerance) {
        return firstBeyond(name, expected, actual, tolerance * largest(expected));
    }

    /** The first element that differs by more than {@code limit}. */
    private static String firstBeyond(String name, double[] expected, double[] actual, double limit) {
        for (int i = 0; i < expected.length; i++) {
            // written so that NaN differs
            if (!(Math.abs(expected[i] - actual[i]) <= limit)) {
                return String.format(Locale.ROOT, "%s[%d] is %.10g, expected %.10g", name, i, actual[i], expected[i]);
            }
        }
        return "";
    }

    /** The size of the largest element; 0 if there is none, and NaN if one is. */
    static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
