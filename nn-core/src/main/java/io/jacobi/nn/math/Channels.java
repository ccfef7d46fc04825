package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Broadcasts one number for each channel over images, and sums images over each channel: the counterpart of
 * {@link Rows} for arrays {@code [batch, channels, positions...]}.
 */
public final class Channels {

    private Channels() {}

    /**
     * y[n, c, :] = values[c] for one image n.
     *
     * @param s the scratch of the pass
     * @param values one number for each channel
     * @param y the images
     * @param at the index of the first element of image n, in 'c' order
     * @param positions the number of positions of a channel
     */
    public static void fill(Scratch s, INDArray values, INDArray y, int at, int positions) {
        Span from = s.span(values);
        Span to = s.span(y);
        double[] value = s.load(0, from, 0, from.length());
        int tile = Math.min(Scratch.TILE, positions);
        for (int c = 0; c < from.length(); c++) {
            if (to.isFloat()) {
                Arrays.fill(s.floats(1, tile), 0, tile, (float) value[c]);
            } else {
                Arrays.fill(s.doubles(1, tile), 0, tile, value[c]);
            }
            for (int i = 0; i < positions; i += tile) {
                put(s, to, at + c * positions + i, Math.min(tile, positions - i));
            }
        }
    }

    private static void put(Scratch s, Span to, int at, int count) {
        if (to.isFloat()) {
            s.storeFloats(1, to, at, count);
        } else {
            s.store(1, to, at, count);
        }
    }

    /**
     * sums[c] += Σ_n Σ_p y[n, c, p].
     *
     * @param s the scratch of the pass
     * @param y the images
     * @param sums one number for each channel, which is added to
     */
    public static void addSum(Scratch s, INDArray y, INDArray sums) {
        Span from = s.span(y);
        Span to = s.span(sums);
        int batch = (int) y.size(0);
        int columns = from.length() / batch;
        int channels = to.length();
        if (y.size(1) != channels) {
            throw new IllegalArgumentException("There are " + channels + " sums for " + y.size(1) + " channels"
                    + "\n  expected one sum for each channel");
        }
        int positions = columns / channels;
        double[] sum = s.load(0, to, 0, channels);
        for (int first = 0; first < columns; first += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, columns - first);
            // over the batch first: this loop vectorizes, and its sums are short
            if (from.isFloat()) {
                float[] column = s.floats(1, n);
                Arrays.fill(column, 0, n, 0f);
                for (int example = 0; example < batch; example++) {
                    add(s.loadFloats(2, from, example * columns + first, n), column, n);
                }
                for (int i = 0; i < n; i++) {
                    sum[(first + i) / positions] += column[i];
                }
            } else {
                double[] column = s.doubles(1, n);
                Arrays.fill(column, 0, n, 0d);
                for (int example = 0; example < batch; example++) {
                    add(s.load(2, from, example * columns + first, n), column, n);
                }
                for (int i = 0; i < n; i++) {
                    sum[(first + i) / positions] += column[i];
                }
            }
        }
        s.store(0, to, 0, channels);
    }

    private static void add(float[] values, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += values[i];
        }
    }

    private static void add(double[] values, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += values[i];
        }
    }
}
