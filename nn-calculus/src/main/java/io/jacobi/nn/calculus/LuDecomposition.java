package io.jacobi.nn.calculus;

import java.util.Arrays;

/** P A = L U of a small square matrix, with row pivoting. Source: Golub and Van Loan 2013, section 3.4. */
final class LuDecomposition {

    private final double[][] lu;
    private final int[] rows;
    private double sign = 1;

    /** Decomposes a matrix given by its rows; the argument is not changed. */
    LuDecomposition(double[][] matrix) {
        lu = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        rows = new int[lu.length];
        Arrays.setAll(rows, row -> row);
        for (int k = 0; k < lu.length; k++) {
            swap(k, pivot(k));
            for (int i = k + 1; i < lu.length; i++) {
                lu[i][k] /= lu[k][k];
                for (int j = k + 1; j < lu.length; j++) {
                    lu[i][j] -= lu[i][k] * lu[k][j];
                }
            }
        }
    }

    private int pivot(int column) {
        int largest = column;
        for (int row = column + 1; row < lu.length; row++) {
            largest = Math.abs(lu[row][column]) > Math.abs(lu[largest][column]) ? row : largest;
        }
        return largest;
    }

    private void swap(int a, int b) {
        if (a != b) {
            double[] row = lu[a];
            lu[a] = lu[b];
            lu[b] = row;
            int number = rows[a];
            rows[a] = rows[b];
            rows[b] = number;
            sign = -sign;
        }
    }

    double determinant() {
        double product = sign;
        for (int k = 0; k < lu.length; k++) {
            product *= lu[k][k];
        }
        // elimination has divided by a pivot of 0
        return Double.isNaN(product) && isSingular() ? 0 : product;
    }

    private boolean isSingular() {
        for (int k = 0; k < lu.length; k++) {
            if (lu[k][k] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether det A &lt; 0, from the signs of the pivots, whose product may overflow. */
    boolean isNegative() {
        double product = sign;
        for (int k = 0; k < lu.length; k++) {
            product *= Math.signum(lu[k][k]);
        }
        return product < 0;
    }

    /** log |det A|. */
    double logDeterminant() {
        double sum = 0;
        for (int k = 0; k < lu.length; k++) {
            sum += Math.log(Math.abs(lu[k][k]));
        }
        return sum;
    }

    /** A⁻¹, row by row; infinite or NaN if A is singular. */
    double[] inverse() {
        int n = lu.length;
        double[] inverse = new double[n * n];
        for (int column = 0; column < n; column++) {
            double[] x = solve(column);
            for (int row = 0; row < n; row++) {
                inverse[row * n + column] = x[row];
            }
        }
        return inverse;
    }

    /** A⁻¹ e, where e is the unit vector with this index. */
    private double[] solve(int unit) {
        int n = lu.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = rows[i] == unit ? 1 : 0;
            for (int j = 0; j < i; j++) {
                x[i] -= lu[i][j] * x[j];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= lu[i][j] * x[j];
            }
            x[i] /= lu[i][i];
        }
        return x;
    }
}
