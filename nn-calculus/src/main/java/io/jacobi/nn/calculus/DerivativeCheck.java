package io.jacobi.nn.calculus;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of comparing a derivative with finite differences.
 *
 * @param error the largest difference of two elements, relative to the largest element if that is above 1; infinite if
 *     the derivative has no value where the formula has one; NaN if the formula is not defined at any point that was
 *     drawn
 * @param shapes the shapes of the variables
 * @param singular whether an inverse or the logarithm of a determinant was refused because the matrix is singular
 */
public record DerivativeCheck(double error, Map<String, long[]> shapes, boolean singular) {

    /** Whether the formula was defined at a point, so that there was something to compare. */
    public boolean isDefined() {
        return !Double.isNaN(error);
    }

    /** The variables with their shapes, as in {@code A [3, 4], x [4]}. */
    public String where() {
        return shapes.entrySet().stream()
                .map(shape -> shape.getKey() + " " + Arrays.toString(shape.getValue()))
                .collect(Collectors.joining(", "));
    }
}
