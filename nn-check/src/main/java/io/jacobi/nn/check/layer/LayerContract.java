package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The claims of the layer contract that central differences cannot test. */
final class LayerContract {

    /**
     * A float is rounded by at most 6e-8, and the rounding error of a sum grows with the root of its length, as the sum
     * does. Over all checks of nn-layers and a hundred seeds the largest error was 3.4e-6.
     */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /**
     * The smallest scale of errors: where terms cancel, their rounding errors remain, and the terms were about 1, the
     * size of weights, inputs and cotangents.
     */
    private static final double LEAST_SIZE = 0.1;

    /** Adding to a number other than zero is one more rounding. */
    private static final double ROUNDING = 1e-12;

    private LayerContract() {}

    /** @param first the output of the first forward pass of all */
    static List<Claim> claims(LayerSettings settings, int batch, double[] first) {
        return List.of(
                // first, because a layer that behaves differently only in its first call is consistent from the second
                // on
                claim(settings, batch, "the same seed gives the same result", p -> notRepeated(p, first)),
                claim(
                        settings,
                        batch,
                        "forward writes all of y",
                        p -> notFinite("y", p.run().y())),
                claim(
                        settings,
                        batch,
                        "backward writes all of dx",
                        p -> notFinite("dx", p.run().dx())),
                claim(
                        settings,
                        batch,
                        "gradients are finite",
                        p -> notFinite("gradient", p.run().gradients())),
                claim(
                        settings,
                        batch,
                        "backward leaves x, y, dy and the weights alone",
                        LayerContract::changedByBackward),
                claim(settings, batch, "gradients accumulate", LayerContract::notAccumulated),
                claim(settings, batch, "float agrees with double", LayerContract::differsInFloat));
    }

    /** Returns a claim that is tested on a probe of its own. */
    static Claim claim(LayerSettings settings, int batch, String name, Function<LayerProbe, String> experiment) {
        return Claim.of(name, batch, () -> {
            try (LayerProbe probe = new LayerProbe(settings, batch)) {
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
                Failures.firstDifference(
                        "x", probe.x(), Vectors.toDoubles(probe.workspace().input()), 0),
                Failures.firstDifference(
                        "y", y, Vectors.toDoubles(probe.workspace().output()), 0),
                Failures.firstDifference(
                        "dy",
                        probe.cotangent(),
                        Vectors.toDoubles(probe.workspace().outputGradient()),
                        0),
                Failures.firstDifference(
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
        return Failures.firstDifference("gradient that held 1, 2, ... before", sum, probe.gradients(), ROUNDING);
    }

    private static String notRepeated(LayerProbe probe, double[] first) {
        String afterTheFirst = Failures.firstDifference("y", first, probe.output(probe.x()), 0);
        LayerProbe.Result expected = probe.run();
        try (LayerProbe other = probe.again()) {
            return Failures.join(
                    afterTheFirst, difference(expected, other.run(), 0), difference(expected, probe.run(), 0));
        }
    }

    private static String differsInFloat(LayerProbe probe) {
        return differsInFloat(probe, FLOAT_TOLERANCE);
    }

    /** Compares on the same, rounded numbers, so that their rounding is not attributed to the layer. */
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
                            LEAST_SIZE * Math.max(1, Comparison.largest(wide.x()))));
        }
    }

    private static String differsInFloat(
            String name, double[] expected, double[] actual, double tolerance, double leastSize) {
        return Failures.firstBeyond(
                name, expected, actual, tolerance * Math.max(Comparison.largest(expected), leastSize));
    }

    static String difference(LayerProbe.Result expected, LayerProbe.Result actual, double tolerance) {
        return Failures.join(
                Failures.firstDifference("y", expected.y(), actual.y(), tolerance),
                Failures.firstDifference("dx", expected.dx(), actual.dx(), tolerance),
                Failures.firstDifference("gradient", expected.gradients(), actual.gradients(), tolerance));
    }
}
