package io.jacobi.nn.calculus;

import java.util.Arrays;

/** P A = L U of a small square matrix, with row pivoting. Source: Golub and Van Loan 2013, section 3.4. */
final class LuDecomposition {

    /** A pivot of this size, relative to the largest, consists of rounding errors only. */
    private static final double ROUNDING = 1e-13;

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
            // a pivot of 0 is the largest of a column of zeros, which is eliminated already
            for (int i = k + 1; i < lu.length && lu[k][k] != 0; i++) {
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

    /** 1 or −1, by the number of row exchanges. */
    double sign() {
        return sign;
    }

    /** The diagonal of U, whose product is the determinant up to its sign. */
    double[] pivots() {
        double[] pivots = new double[lu.length];
        Arrays.setAll(pivots, k -> lu[k][k]);
        return pivots;
    }

    double determinant() {
        double product = sign;
        for (double pivot : pivots()) {
            product *= pivot;
        }
        return product;
    }

    /** Whether the inverse is a division by 0, or by a number that consists of rounding errors. */
    boolean isNearlySingular() {
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double pivot : pivots()) {
            largest = Math.max(largest, Math.abs(pivot));
            smallest = Math.min(smallest, Math.abs(pivot));
        }
        return smallest <= largest * ROUNDING;
    }

    private boolean isSingular() {
        return Arrays.stream(pivots()).anyMatch(pivot -> pivot == 0);
    }

    /** Whether det A &lt; 0, from the signs of the pivots, whose product may overflow. */
    boolean isNegative() {
        double product = sign;
        for (double pivot : pivots()) {
            product *= Math.signum(pivot);
        }
        return product < 0;
    }

    /** log |det A|. */
    double logDeterminant() {
        double sum = 0;
        for (double pivot : pivots()) {
            sum += Math.log(Math.abs(pivot));
        }
        return sum;
    }

    /** A⁻¹, row by row; NaN if A is singular. */
    double[] inverse() {
        int n = lu.length;
        double[] inverse = new double[n * n];
        if (isSingular()) {
            Arrays.fill(inverse, Double.NaN);
            return inverse;
        }
        for (int column = 0; column < n; column++) {
            double[] x = forward(column);
            for (int i = n - 1; i >= 0; i--) {
                for (int j = i + 1; j < n; j++) {
                    x[i] -= lu[i][j] * x[j];
                }
                x[i] /= lu[i][i];
                inverse[i * n + column] = x[i];
            }
        }
        return inverse;
    }

    /**
     * adj(A) = det(A) A⁻¹, row by row, without a division by a pivot: adj(A) = det(P) adj(U) L⁻¹ P. It exists for every
     * A and is 0 if the rank is below n − 1.
     */
    double[] adjugate() {
        int n = lu.length;
        double[][] upper = adjugateOfUpper();
        double[] adjugate = new double[n * n];
        for (int column = 0; column < n; column++) {
            double[] x = forward(column);
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    adjugate[i * n + column] += sign * upper[i][j] * x[j];
                }
            }
        }
        return adjugate;
    }

    /** adj of the leading block [U u; 0 d] is [d adj(U), −adj(U) u; 0, det(U)]. */
    private double[][] adjugateOfUpper() {
        int n = lu.length;
        double[][] adjugate = new double[n][n];
        double determinant = 1;
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < k; i++) {
                double product = 0;
                for (int j = i; j < k; j++) {
                    product += adjugate[i][j] * lu[j][k];
                    adjugate[i][j] *= lu[k][k];
                }
                adjugate[i][k] = -product;
            }
            adjugate[k][k] = determinant;
            determinant *= lu[k][k];
        }
        return adjugate;
    }

    /** L⁻¹ P e, where e is the unit vector with this index. */
    private double[] forward(int unit) {
        double[] x = new double[lu.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = rows[i] == unit ? 1 : 0;
            for (int j = 0; j < i; j++) {
                x[i] -= lu[i][j] * x[j];
            }
        }
        return x;
    }
}
