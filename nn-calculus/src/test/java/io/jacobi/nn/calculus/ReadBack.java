package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads what a formula prints, and compares the values. */
public final class ReadBack {

    /** The order of factors and terms may differ, and sums may cancel. */
    private static final double TOLERANCE = 1e-7;

    private ReadBack() {}

    /**
     * What is wrong with the printed text; empty if it has the value of the formula, or if only the size of an I or ones
     * that it contains is lost.
     */
    static Optional<String> problem(Formula formula, String text, Map<String, INDArray> values) {
        Formula again;
        try {
            again = Formula.parse(text, formula.variables());
        } catch (IllegalArgumentException e) {
            boolean size = String.valueOf(e.getMessage()).contains("has no known size");
            return size ? Optional.empty() : Optional.of(text + " is not read: " + e.getMessage());
        }
        INDArray expected = formula.evaluate(values);
        INDArray found = again.evaluate(values);
        if (found.rank() != expected.rank()) {
            return found.rank() == 0 ? filled(text, found, expected) : Optional.of(text + " has rank " + found.rank());
        }
        if (text.contains("_") && formula.axes().size() > 1) {
            found = found.permute(
                    formula.axes().stream().mapToInt(again.axes()::indexOf).toArray());
        }
        return differ(text, Vectors.toDoubles(found.dup('c')), Vectors.toDoubles(expected));
    }

    /** A number stands for an array that is filled with it. */
    private static Optional<String> filled(String text, INDArray number, INDArray expected) {
        double[] values = new double[(int) expected.length()];
        Arrays.fill(values, number.getDouble(0));
        return differ(text, values, Vectors.toDoubles(expected));
    }

    /** The first difference of two arrays, relative to the expected element if that is above 1; empty if there is none. */
    public static Optional<String> differ(String text, double[] found, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(1, Math.abs(expected[i]));
            boolean same =
                    Double.compare(found[i], expected[i]) == 0 || Math.abs(found[i] - expected[i]) <= TOLERANCE * scale;
            if (!same) {
                return Optional.of(text + " has the value " + found[i] + " instead of " + expected[i] + " at " + i);
            }
        }
        return Optional.empty();
    }
}
