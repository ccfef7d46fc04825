package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Broadcasts a row over the rows of a matrix, and sums the rows of a matrix: a layer that broadcasts forward sums
 * backward. A matrix is any array whose length is a multiple of the length of the row, such as y [batch, ..., features]
 * for a row [features].
 */
public final class Rows {

    private Rows() {}

    /**
     * y[i, :] = row, for every i.
     *
     * @param s the scratch of the pass
     * @param row the row
     * @param y the matrix that is overwritten
     */
    public static void fill(Scratch s, INDArray row, INDArray y) {
        Span from = s.span(row);
        Span to = s.span(y);
        int columns = columns(from, to);
        for (int at = 0; at < to.length(); at += columns) {
            to.put(at, from, 0, columns);
        }
    }

    /**
     * row += Σ_i y[i, :].
     *
     * @param s the scratch of the pass
     * @param y the matrix
     * @param row the row that is added to
     */
    public static void addSum(Scratch s, INDArray y, INDArray row) {
        Span from = s.span(y);
        Span to = s.span(row);
        int columns = columns(to, from);
        int rows = from.length() / columns;
        if (from.isFloat()) {
            addFloatSum(s, from, to, rows, columns);
        } else {
            addDoubleSum(s, from, to, rows, columns);
        }
    }

    private static void addFloatSum(Scratch s, Span from, Span to, int rows, int columns) {
        int rowsAtOnce = Math.max(1, Scratch.TILE / columns);
        float[] sum = s.loadFloats(0, to, 0, columns);
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int n = Math.min(rowsAtOnce, rows - row);
            float[] tile = s.loadFloats(1, from, row * columns, n * columns);
            for (int r = 0; r < n; r++) {
                int at = r * columns;
                for (int j = 0; j < columns; j++) {
                    sum[j] += tile[at + j];
                }
            }
        }
        to.floats().put(0, sum, 0, columns);
    }

    private static void addDoubleSum(Scratch s, Span from, Span to, int rows, int columns) {
        double[] sum = s.load(0, to, 0, columns);
        for (int row = 0; row < rows; row++) {
            double[] tile = s.load(1, from, row * columns, columns);
            for (int j = 0; j < columns; j++) {
                sum[j] += tile[j];
            }
        }
        to.doubles().put(0, sum, 0, columns);
    }

    private static int columns(Span row, Span matrix) {
        if (matrix.length() % row.length() != 0) {
            throw new IllegalArgumentException("A row of " + row.length() + " elements does not divide a matrix of "
                    + matrix.length() + "\n  fix: give a row that is as long as each row of the matrix");
        }
        return row.length();
    }
}
