package io.jacobi.nn.layers;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;

/**
 * Passes over arrays {@code [batch, channels, positions...]} in which every element of a channel is treated alike. A row is one
 * example; in it the elements of a channel are consecutive.
 *
 * <p>Sums are double whatever the arrays hold, as a channel of images has many thousand values.
 */
final class ChannelTiles {

    /** The slots that hold a number for each channel; slots 0 and 1 hold tiles. */
    static final int FIRST = 2;

    static final int SECOND = 3;
    static final int THIRD = 4;

    private ChannelTiles() {}

    /** Σ x over batch and positions, for each channel. */
    static double[] sums(Scratch s, Span x, int row, int channels) {
        double[] sums = zeros(s, FIRST, channels);
        int positions = row / channels;
        for (int at = 0; at < x.length(); at += row) {
            for (int first = 0; first < row; first += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, row - first);
                double[] tile = s.load(0, x, at + first, n);
                int c = first / positions;
                int end = (c + 1) * positions - first;
                for (int i = 0; i < n; c++, end += positions) {
                    double sum = 0;
                    for (int stop = Math.min(end, n); i < stop; i++) {
                        sum += tile[i];
                    }
                    sums[c] += sum;
                }
            }
        }
        return sums;
    }

    /** The mean of x over batch and positions. */
    static double[] means(Scratch s, Span x, int row, int channels) {
        double[] means = sums(s, x, row, channels);
        double values = (double) x.length() / channels;
        for (int c = 0; c < channels; c++) {
            means[c] /= values;
        }
        return means;
    }

    /** The mean of (x − mean)². */
    static double[] variances(Scratch s, Span x, int row, int channels, double[] means) {
        double[] variances = zeros(s, SECOND, channels);
        int positions = row / channels;
        double values = (double) x.length() / channels;
        for (int at = 0; at < x.length(); at += row) {
            for (int first = 0; first < row; first += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, row - first);
                double[] tile = s.load(0, x, at + first, n);
                int c = first / positions;
                int end = (c + 1) * positions - first;
                for (int i = 0; i < n; c++, end += positions) {
                    double mean = means[c];
                    double sum = 0;
                    for (int stop = Math.min(end, n); i < stop; i++) {
                        double distance = tile[i] - mean;
                        sum += distance * distance;
                    }
                    variances[c] += sum / values;
                }
            }
        }
        return variances;
    }

    /** Σ a b over batch and positions. */
    static double[] dots(Scratch s, Span a, Span b, int row, int channels) {
        double[] dots = zeros(s, SECOND, channels);
        int positions = row / channels;
        for (int at = 0; at < a.length(); at += row) {
            for (int first = 0; first < row; first += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, row - first);
                double[] tile = s.load(0, a, at + first, n);
                double[] other = s.load(1, b, at + first, n);
                int c = first / positions;
                int end = (c + 1) * positions - first;
                for (int i = 0; i < n; c++, end += positions) {
                    double sum = 0;
                    for (int stop = Math.min(end, n); i < stop; i++) {
                        sum += tile[i] * other[i];
                    }
                    dots[c] += sum;
                }
            }
        }
        return dots;
    }

    /** y = scale_c x + shift_c. */
    static void scaleAndShift(Scratch s, Span x, int row, double[] scale, double[] shift, int channels, Span y) {
        int positions = row / channels;
        for (int at = 0; at < x.length(); at += row) {
            for (int first = 0; first < row; first += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, row - first);
                double[] tile = s.load(0, x, at + first, n);
                int c = first / positions;
                int end = (c + 1) * positions - first;
                for (int i = 0; i < n; c++, end += positions) {
                    double factor = scale[c];
                    double term = shift[c];
                    for (int stop = Math.min(end, n); i < stop; i++) {
                        tile[i] = factor * tile[i] + term;
                    }
                }
                s.store(0, y, at + first, n);
            }
        }
    }

    /** y = of_a a + of_b b + shift, with a number for each channel in each. */
    static void combine(
            Scratch s, Span a, double[] ofA, Span b, double[] ofB, double[] shift, int row, int channels, Span y) {
        int positions = row / channels;
        for (int at = 0; at < a.length(); at += row) {
            for (int first = 0; first < row; first += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, row - first);
                double[] tile = s.load(0, a, at + first, n);
                double[] other = s.load(1, b, at + first, n);
                int c = first / positions;
                int end = (c + 1) * positions - first;
                for (int i = 0; i < n; c++, end += positions) {
                    for (int stop = Math.min(end, n); i < stop; i++) {
                        tile[i] = ofA[c] * tile[i] + ofB[c] * other[i] + shift[c];
                    }
                }
                s.store(0, y, at + first, n);
            }
        }
    }

    private static double[] zeros(Scratch s, int slot, int channels) {
        double[] zeros = s.doubles(slot, channels);
        Arrays.fill(zeros, 0, channels, 0);
        return zeros;
    }
}
