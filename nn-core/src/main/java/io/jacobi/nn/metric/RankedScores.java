package io.jacobi.nn.metric;

import java.util.Arrays;

/** The scores that one class or label got, from examples that have it and from examples that do not. */
final class RankedScores {

    private double[] with = new double[64];
    private double[] without = new double[64];
    private int positives;
    private int negatives;
    private boolean hasNan;

    void add(double score, boolean positive) {
        hasNan |= Double.isNaN(score);
        if (positive) {
            with = positives == with.length ? Arrays.copyOf(with, 2 * positives) : with;
            with[positives++] = score;
        } else {
            without = negatives == without.length ? Arrays.copyOf(without, 2 * negatives) : without;
            without[negatives++] = score;
        }
    }

    private void sort() {
        Arrays.sort(with, 0, positives);
        Arrays.sort(without, 0, negatives);
    }

    /** NaN if there is a NaN among the scores, or no example with the class, or none without it. */
    double rocAuc() {
        if (hasNan || positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        sort();
        int below = 0;
        int upTo = 0;
        double ordered = 0;
        for (int i = 0; i < positives; i++) {
            while (below < negatives && without[below] < with[i]) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < negatives && without[upTo] == with[i]) {
                upTo++;
            }
            // an equal pair counts one half
            ordered += 0.5 * ((double) below + upTo);
        }
        return ordered / ((double) positives * negatives);
    }

    /** NaN if there is a NaN among the scores; 0 if no example has the class, as in scikit-learn. */
    double averagePrecision() {
        if (hasNan) {
            return Double.NaN;
        }
        if (positives == 0) {
            return 0;
        }
        sort();
        double sum = 0;
        int p = positives;
        int n = negatives;
        while (p > 0) {
            // from the largest score down, all examples of one score at once
            double threshold = with[p - 1];
            int before = p;
            while (p > 0 && with[p - 1] >= threshold) {
                p--;
            }
            while (n > 0 && without[n - 1] >= threshold) {
                n--;
            }
            int found = positives - p;
            sum += (double) (before - p) * found / (found + (negatives - n));
        }
        return sum / positives;
    }
}
