package io.jacobi.nn.layers;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;

/**
 * Passes over arrays {@code [batch, channels, positions...]} that treat all elements of a channel alike. In the row of
 * one example the elements of a channel are consecutive.
 *
 * <p>Sums are double for floats as well, because a channel of images has many thousand values.
 */
final class ChannelTiles {

    /** The slots that hold one number for each channel; slots 0 and 1 hold tiles. */
    static final int FIRST = 2;

    static final int SECOND = 3;
    static final int THIRD = 4;
    static final int FOURTH = 5;

    private ChannelTiles() {}

    /**
     * Steps through the rows of an array tile by tile. In a tile, the elements of channel c end before element
     * {@link #end}(c), and the elements of the next channel follow.
     */
    private static final class Tiles {

        private final int length;
        private final int row;
        private final int positions;
        private int rowAt;
        private int first;
        private int size;

        Tiles(Span array, int row, int channels) {
            this.length = array.length();
            this.row = row;
            this.positions = row / channels;
        }

        /** Moves to the next tile; false after the last. */
        boolean next() {
            first += size;
            if (first == row) {
                first = 0;
                rowAt += row;
            }
            size = Math.min(Scratch.TILE, row - first);
            return rowAt < length;
        }

        /** Copies the elements of the tile into the double tile of a slot. */
        double[] load(Scratch s, int slot, Span from) {
            return s.load(slot, from, rowAt + first, size);
        }

        /** Copies the double tile of slot 0 to the elements of the tile. */
        void store(Scratch s, Span to) {
            s.store(0, to, rowAt + first, size);
        }

        /** The channel of the first element. */
        int channel() {
            return first / positions;
        }

        /** The end of the elements of channel c. */
        int end(int c) {
            return Math.min((c + 1) * positions - first, size);
        }
    }

    /** Σ x over batch and positions, for each channel. */
    static double[] sums(Scratch s, Span x, int row, int channels) {
        double[] sums = zeros(s, FIRST, channels);
        Tiles tiles = new Tiles(x, row, channels);
        while (tiles.next()) {
            double[] tile = tiles.load(s, 0, x);
            for (int c = tiles.channel(), i = 0; i < tiles.size; c++) {
                double sum = 0;
                for (int end = tiles.end(c); i < end; i++) {
                    sum += tile[i];
                }
                sums[c] += sum;
            }
        }
        return sums;
    }

    /** The mean of x over batch and positions, for each channel. */
    static double[] means(Scratch s, Span x, int row, int channels) {
        double[] means = sums(s, x, row, channels);
        double values = (double) x.length() / channels;
        for (int c = 0; c < channels; c++) {
            means[c] /= values;
        }
        return means;
    }

    /** The mean of (x − mean)² over batch and positions, for each channel. */
    static double[] variances(Scratch s, Span x, int row, int channels, double[] means) {
        double[] variances = zeros(s, SECOND, channels);
        double values = (double) x.length() / channels;
        Tiles tiles = new Tiles(x, row, channels);
        while (tiles.next()) {
            double[] tile = tiles.load(s, 0, x);
            for (int c = tiles.channel(), i = 0; i < tiles.size; c++) {
                double mean = means[c];
                double sum = 0;
                for (int end = tiles.end(c); i < end; i++) {
                    double distance = tile[i] - mean;
                    sum += distance * distance;
                }
                variances[c] += sum / values;
            }
        }
        return variances;
    }

    /** Σ a b over batch and positions, for each channel. */
    static double[] dots(Scratch s, Span a, Span b, int row, int channels) {
        double[] dots = zeros(s, SECOND, channels);
        Tiles tiles = new Tiles(a, row, channels);
        while (tiles.next()) {
            double[] tile = tiles.load(s, 0, a);
            double[] other = tiles.load(s, 1, b);
            for (int c = tiles.channel(), i = 0; i < tiles.size; c++) {
                double sum = 0;
                for (int end = tiles.end(c); i < end; i++) {
                    sum += tile[i] * other[i];
                }
                dots[c] += sum;
            }
        }
        return dots;
    }

    /** y = scale_c x + shift_c. */
    static void scaleAndShift(Scratch s, Span x, int row, double[] scale, double[] shift, int channels, Span y) {
        Tiles tiles = new Tiles(x, row, channels);
        while (tiles.next()) {
            double[] tile = tiles.load(s, 0, x);
            for (int c = tiles.channel(), i = 0; i < tiles.size; c++) {
                double factor = scale[c];
                double term = shift[c];
                for (int end = tiles.end(c); i < end; i++) {
                    tile[i] = factor * tile[i] + term;
                }
            }
            tiles.store(s, y);
        }
    }

    /** y = ofA_c a + ofB_c b + shift_c. */
    static void combine(
            Scratch s, Span a, double[] ofA, Span b, double[] ofB, double[] shift, int row, int channels, Span y) {
        Tiles tiles = new Tiles(a, row, channels);
        while (tiles.next()) {
            double[] tile = tiles.load(s, 0, a);
            double[] other = tiles.load(s, 1, b);
            for (int c = tiles.channel(), i = 0; i < tiles.size; c++) {
                double factor = ofA[c];
                double otherFactor = ofB[c];
                double term = shift[c];
                for (int end = tiles.end(c); i < end; i++) {
                    tile[i] = factor * tile[i] + otherFactor * other[i] + term;
                }
            }
            tiles.store(s, y);
        }
    }

    private static double[] zeros(Scratch s, int slot, int channels) {
        double[] zeros = s.doubles(slot, channels);
        Arrays.fill(zeros, 0, channels, 0);
        return zeros;
    }
}
