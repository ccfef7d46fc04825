package io.jacobi.nn.check;

import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The claims of the layer contract that central differences do not see. */
final class LayerContract {

    /** Float has 24 bits; a sum of some thousand products keeps about 4 digits in the worst case. */
    private static final double FLOAT_TOLERANCE = 1e-4;

    /** Adding to a number other than zero rounds once more. */
    private static final double ROUNDING = 1e-12;

    private LayerContract() {}

    static List<Claim> claims(GradientCheck check, int batch) {
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
        double[] weights = weights(probe);
        probe.backward();
        return firstDifference(
                        "x", probe.x(), Vectors.toDoubles(probe.workspace().input()), 0)
                + firstDifference("y", y, Vectors.toDoubles(probe.workspace().output()), 0)
                + firstDifference(
                        "dy",
                        probe.cotangent(),
                        Vectors.toDoubles(probe.workspace().outputGradient()),
                        0)
                + firstDifference("weights", weights, weights(probe), 0);
    }

    private static double[] weights(LayerProbe probe) {
        return probe.model().parameterCount() == 0
                ? new double[0]
                : Vectors.toDoubles(probe.model().weights());
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
            return difference(expected, other.run(), 0) + difference(expected, probe.run(), 0);
        }
    }

    private static String differsInFloat(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        try (LayerProbe other = probe.inFloat()) {
            return difference(expected, other.run(), FLOAT_TOLERANCE);
        }
    }

    static String difference(LayerProbe.Result expected, LayerProbe.Result actual, double tolerance) {
        return firstDifference("y", expected.y(), actual.y(), tolerance)
                + firstDifference("dx", expected.dx(), actual.dx(), tolerance)
                + firstDifference("gradient", expected.gradients(), actual.gradients(), tolerance);
    }

    /** The first element that differs by more than {@code tolerance}, relative to the larger of it and the largest expected. */
    static String firstDifference(String name, double[] expected, double[] actual, double tolerance) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            // written so that NaN differs
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance * scale)) {
                return String.format(Locale.ROOT, "%s[%d] is %.10g, expected %.10g; ", name, i, actual[i], expected[i]);
            }
        }
        return "";
    }
}
