package io.jacobi.nn.files.table;

import java.util.List;

/**
 * Brings the numbers of a column to a common size: {@code (x - shift) / scale}. A missing value counts as {@code fill},
 * and a second feature may say that it was missing.
 *
 * @param shift such as the mean, the minimum, or the median of the training rows; finite
 * @param scale such as the standard deviation, the range, or the interquartile range; finite and positive
 * @param fill the number in place of a missing one, in the column's own unit; finite
 * @param indicator whether a second feature is 1 where the value was missing, and 0 elsewhere
 */
public record Scaling(double shift, double scale, double fill, boolean indicator) {

    public Scaling {
        if (!Double.isFinite(shift) || !Double.isFinite(fill) || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A scaling of shift " + shift + ", scale " + scale + " and fill " + fill
                    + "\n  expected finite numbers, and a positive scale");
        }
    }

    /** The names of the features for a column. */
    List<String> features(String column) {
        return indicator ? List.of(column, column + " is missing") : List.of(column);
    }

    /** The number of features of a column. */
    int width() {
        return indicator ? 2 : 1;
    }

    /** The scaled number; NaN, for a missing one, stays NaN. */
    float scaled(double x) {
        return (float) ((x - shift) / scale);
    }

    /** Writes the features of a scaled number. */
    void expand(float scaled, float[] features, int at) {
        boolean missing = Float.isNaN(scaled);
        features[at] = missing ? scaled(fill) : scaled;
        if (indicator) {
            features[at + 1] = missing ? 1 : 0;
        }
    }
}
