package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.check.compare.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The claims about a layer whose output does not change when a number is added to all elements of a row, such as a
 * softmax.
 */
final class ShiftClaims {

    /** Numbers to add. Each is exact in float, and so are its sums with multiples of 2^-10 up to 2^13 in size. */
    private static final double[] SHIFTS = {0.75, 1000, -1000};

    private static final double GRID = 0x1p10;

    /** The mean of numbers near 1000, which a normalization subtracts, is off by 1e-13 in double. */
    private static final double ROUNDING = 1e-11;

    /** In float the mean is off by 1e-4; a variance as a difference of squares, 1e6 each, is off by 0.1. */
    private static final double FLOAT_ROUNDING = 1e-3;

    private ShiftClaims() {}

    /**
     * There are none unless the check claims that rows can be shifted.
     *
     * @throws IllegalArgumentException if a row has more dimensions than the input
     */
    static List<Claim> claims(LayerSettings settings, int batch) {
        if (settings.shiftedDimensions() > settings.inputs().shape().rank()) {
            throw new IllegalArgumentException(
                    "A row to be shifted has " + settings.shiftedDimensions() + " dimensions, and an example is "
                            + settings.inputs().shape() + "\n  expected at most the dimensions of an example");
        }
        if (settings.shiftedDimensions() == 0) {
            return List.of();
        }
        return List.of(
                LayerContract.claim(settings, batch, "rows of dx sum to 0", ShiftClaims::rowsDoNotSumToZero),
                LayerContract.claim(
                        settings, batch, "a number added to a row changes nothing", ShiftClaims::changesWhenShifted));
    }

    /** y(x + t) = y(x) for all t, so that the slope along t is 0. */
    private static String rowsDoNotSumToZero(LayerProbe probe) {
        return Failures.join(
                rowDoesNotSumToZero(probe, probe.x(), ""),
                rowDoesNotSumToZero(probe, ExtremeClaims.signs(probe.x()), "where x is ±1000 "));
    }

    private static String rowDoesNotSumToZero(LayerProbe probe, double[] x, String where) {
        double[] dx = probe.run(x).dx();
        int length = rowLength(probe.settings());
        for (int start = 0; start < dx.length; start += length) {
            double[] row = Arrays.copyOfRange(dx, start, start + length);
            double sum = Arrays.stream(row).sum();
            // dx may be 0 where x is large: the terms it is the remainder of are as large as dy
            double scale = Comparison.largest(probe.cotangent())
                    + Arrays.stream(row).map(Math::abs).sum();
            // written so that NaN differs
            if (!(Math.abs(sum) <= ROUNDING * scale)) {
                return String.format(
                        Locale.ROOT, "%srow %d of dx sums to %.10g, expected 0", where, start / length, sum);
            }
        }
        return "";
    }

    /** Compares in float too, where the cancellation of a difference of squares shows. */
    private static String changesWhenShifted(LayerProbe probe) {
        try (LayerProbe narrow = probe.inFloat()) {
            return Failures.join(
                    changesWhenShifted(probe, ROUNDING, ""), changesWhenShifted(narrow, FLOAT_ROUNDING, "in float "));
        }
    }

    private static String changesWhenShifted(LayerProbe probe, double tolerance, String type) {
        double[] x =
                Arrays.stream(probe.x()).map(v -> Math.rint(v * GRID) / GRID).toArray();
        List<String> failures = new ArrayList<>();
        for (double[] start : List.of(x, ExtremeClaims.signs(x))) {
            double[] expected = probe.run(start).y();
            for (double shift : SHIFTS) {
                double[] actual = probe.run(shifted(start, shift, rowLength(probe.settings())))
                        .y();
                String name = type + "with " + shift + " added to every other row y";
                failures.add(Failures.firstDifference(name, expected, actual, tolerance));
            }
        }
        return Failures.join(failures);
    }

    /** Shifts every other row, so that a layer that subtracts one number from all rows is caught. */
    private static double[] shifted(double[] x, double shift, int length) {
        double[] result = x.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += i / length % 2 == 0 ? shift : 0;
        }
        return result;
    }

    private static int rowLength(LayerSettings settings) {
        int length = 1;
        for (int axis = 1; axis <= settings.shiftedDimensions(); axis++) {
            length *= (int) settings.inputs().shape().dim(-axis);
        }
        return length;
    }
}
