package io.jacobi.nn.metric;

/** A score of one class, from counts. A quotient of 0 and 0 is 0, as in scikit-learn. */
enum Score {
    PRECISION,
    RECALL,
    F1;

    /**
     * Returns the score.
     *
     * @param right how often the class was predicted and right
     * @param predicted how often it was predicted
     * @param actual how often it was right
     */
    double of(long right, long predicted, long actual) {
        return switch (this) {
            case PRECISION -> share(right, predicted);
            case RECALL -> share(right, actual);
            case F1 -> share(2 * right, predicted + actual);
        };
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
