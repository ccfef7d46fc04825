package io.jacobi.nn.calculus;

/**
 * The magnitudes of the elements of an array that are not 0.
 *
 * @param smallest the smallest magnitude; 1 if all elements are 0
 * @param largest the largest magnitude; infinite if an element is NaN
 */
record Range(double smallest, double largest) {

    static final Range ONE = new Range(1, 1);

    static Range of(double[] values) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double value : values) {
            double magnitude = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
            largest = Math.max(largest, magnitude);
            smallest = magnitude == 0 ? smallest : Math.min(smallest, magnitude);
        }
        return largest == 0 ? ONE : new Range(smallest, largest);
    }

    /** Bounds of the products of elements of both. */
    Range times(Range other) {
        return new Range(smallest * other.smallest, largest * other.largest);
    }

    boolean isSafe() {
        return smallest > 0 && WideNumber.isSafe(smallest) && WideNumber.isSafe(largest);
    }
}
