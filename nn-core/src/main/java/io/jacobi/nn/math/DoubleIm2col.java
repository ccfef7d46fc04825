package io.jacobi.nn.math;

import java.util.Arrays;

/**
 * {@link Im2col} for doubles, element by element as its definition reads. Doubles serve gradient checks, where speed
 * matters less than an implementation that shares nothing with {@link FloatIm2col}: the checks compare float with
 * double.
 */
record DoubleIm2col(int channels, Window vertical, Window horizontal) {

    void unfold(Scratch s, Span image, int at, Span matrix) {
        int plane = vertical.input() * horizontal.input();
        int positions = vertical.positions() * horizontal.positions();
        double[] row = s.doubles(1, positions);
        int to = 0;
        for (int c = 0; c < channels; c++) {
            double[] x = s.load(0, image, at + c * plane, plane);
            for (int i = 0; i < vertical.kernel(); i++) {
                for (int j = 0; j < horizontal.kernel(); j++) {
                    cell(x, i, j, row);
                    s.store(1, matrix, to, positions);
                    to += positions;
                }
            }
        }
    }

    /** row[p, q] = x[vertical.at(p, i), horizontal.at(q, j)], or 0 in the padding. */
    private void cell(double[] x, int i, int j, double[] row) {
        int height = vertical.positions();
        int width = horizontal.positions();
        int k = 0;
        for (int p = 0; p < height; p++) {
            int u = vertical.at(p, i);
            for (int q = 0; q < width; q++) {
                int v = horizontal.at(q, j);
                row[k++] = isInside(u, v) ? x[u * horizontal.input() + v] : 0;
            }
        }
    }

    void fold(Scratch s, Span matrix, Span image, int at) {
        int plane = vertical.input() * horizontal.input();
        int positions = vertical.positions() * horizontal.positions();
        double[] dx = s.doubles(0, plane);
        int from = 0;
        for (int c = 0; c < channels; c++) {
            Arrays.fill(dx, 0, plane, 0);
            for (int i = 0; i < vertical.kernel(); i++) {
                for (int j = 0; j < horizontal.kernel(); j++) {
                    addCell(s.load(1, matrix, from, positions), i, j, dx);
                    from += positions;
                }
            }
            s.store(0, image, at + c * plane, plane);
        }
    }

    /** dx[vertical.at(p, i), horizontal.at(q, j)] += row[p, q] inside the image. */
    private void addCell(double[] row, int i, int j, double[] dx) {
        int height = vertical.positions();
        int width = horizontal.positions();
        int k = 0;
        for (int p = 0; p < height; p++) {
            int u = vertical.at(p, i);
            for (int q = 0; q < width; q++) {
                int v = horizontal.at(q, j);
                if (isInside(u, v)) {
                    dx[u * horizontal.input() + v] += row[k];
                }
                k++;
            }
        }
    }

    private boolean isInside(int u, int v) {
        return u >= 0 && u < vertical.input() && v >= 0 && v < horizontal.input();
    }
}
