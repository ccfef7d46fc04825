package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Index;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * A square matrix R S C of wide numbers, where R and C are diagonal matrices of powers of 2 and the elements of S,
 * which is decomposed in double, are at most 2.
 */
final class WideMatrix {

    private final LuDecomposition scaled;
    private final double[] rows;
    private final double[] columns;

    private WideMatrix(LuDecomposition scaled, double[] rows, double[] columns) {
        this.scaled = scaled;
        this.rows = rows;
        this.columns = columns;
    }

    static WideMatrix of(WideArray array, Index row, Index column) {
        WideArray matrix = array.ordered(List.of(row, column));
        int n = matrix.length(0);
        double[] rows = new double[n];
        double[] columns = new double[n];
        for (int i = 0; i < n; i++) {
            rows[i] = largest(matrix, n, i, (line, at) -> line * n + at, columns);
        }
        for (int j = 0; j < n; j++) {
            columns[j] = largest(matrix, n, j, (line, at) -> at * n + line, rows);
        }
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                WideNumber element = matrix.element(i * n + j);
                scaled[i][j] = new WideNumber(element.m(), element.e() - rows[i] - columns[j]).value();
            }
        }
        return new WideMatrix(new LuDecomposition(scaled), rows, columns);
    }

    /** The largest exponent in a row or column, after the other scale is taken out; 0 if all elements are 0. */
    private static double largest(WideArray of, int n, int line, IntBinaryOperator position, double[] taken) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < n; at++) {
            WideNumber element = of.element(position.applyAsInt(line, at));
            largest = element.m() == 0 ? largest : Math.max(largest, element.e() - taken[at]);
        }
        return largest == Double.NEGATIVE_INFINITY ? 0 : largest;
    }

    WideNumber determinant() {
        WideNumber product = WideNumber.of(scaled.sign(), total());
        for (double pivot : scaled.pivots()) {
            product = product.times(WideNumber.of(pivot));
        }
        return product;
    }

    private double total() {
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            total += rows[i] + columns[i];
        }
        return total;
    }

    /** C⁻¹ S⁻¹ R⁻¹. */
    WideArray inverse(Index row, Index column) {
        return unscaled(scaled.inverse(), 0, row, column);
    }

    /** det(R) det(C) C⁻¹ adj(S) R⁻¹. */
    WideArray adjugate(Index row, Index column) {
        return unscaled(scaled.adjugate(), total(), row, column);
    }

    private WideArray unscaled(double[] elements, double exponent, Index row, Index column) {
        int n = rows.length;
        WideNumber[] wide = new WideNumber[n * n];
        for (int at = 0; at < wide.length; at++) {
            wide[at] = WideNumber.of(elements[at], exponent - columns[at / n] - rows[at % n]);
        }
        return new WideArray(wide, List.of(row, column), new int[] {n, n});
    }
}
