package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products on BLAS, row-major, with no copy and no temporary. The name of a method says which factor is
 * transposed: {@code abT} is A Bᵀ. The methods whose name starts with {@code add} add to C; the others overwrite it.
 *
 * <p>All methods have the same arguments: {@code s}, the scratch of the pass; {@code a} and {@code b}, the factors A
 * and B as they are stored; {@code c}, the result C, which must not overlap A or B.
 *
 * <p>An array [..., k] of any rank from 2 on is the matrix whose rows are all of its rows along the last dimension,
 * such as a batch of sequences [batch, time, features]. The other dimensions of two such arrays must agree. The arrays
 * must have one data type. Arrays that do not fit are an {@link IllegalArgumentException}.
 *
 * <p>ND4J's own {@code mmul} copies when its result is in 'c' order. OpenBLAS runs on the calling thread
 * (docs/nd4j-notes.md).
 */
public final class MatMul {

    private MatMul() {}

    /** C = A B: A is [..., k], B is [k, n], C is [..., n]. */
    public static void ab(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, false, 0, c);
    }

    /** C = A Bᵀ: A is [..., k], B is [n, k], C is [..., n]. */
    public static void abT(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, true, 0, c);
    }

    /** C = Aᵀ B, summed over all rows: A is [..., m], B is [..., n], C is [m, n]. */
    public static void aTb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, true, b, false, 0, c);
    }

    /** C += A B: A is [..., k], B is [k, n], C is [..., n]. */
    public static void addAb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, false, 1, c);
    }

    /** C += A Bᵀ: A is [..., k], B is [n, k], C is [..., n]. */
    public static void addAbT(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, true, 1, c);
    }

    /** C += Aᵀ B, summed over all rows: A is [..., m], B is [..., n], C is [m, n]. */
    public static void addATb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, true, b, false, 1, c);
    }

    private static void gemm(
            Scratch s, INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
        // BLAS would read past the end of an array that is too short and crash the JVM
        if (!fit(a, transposeA, b, transposeB, c)) {
            throw misfit(a, transposeA, b, transposeB, c);
        }
        // ints are enough, because a Span is shorter than 2^31
        int rows = (int) rows(a);
        int columns = (int) columns(a);
        int m = transposeA ? columns : rows;
        int k = transposeA ? rows : columns;
        int n = (int) columns(c);
        int ldb = transposeB ? k : n;
        Blas.gemm(s, transposeA, transposeB, m, n, k, s.span(a), columns, s.span(b), ldb, beta, s.span(c));
    }

    private static boolean fit(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
        if (a.dataType() != b.dataType() || a.dataType() != c.dataType()) {
            return false;
        }
        return transposeA
                ? haveEqualRows(a, b) && c.rank() == 2 && c.size(0) == columns(a) && c.size(1) == columns(b)
                : haveEqualRows(a, c)
                        && b.rank() == 2
                        && b.size(transposeB ? 1 : 0) == columns(a)
                        && b.size(transposeB ? 0 : 1) == columns(c);
    }

    /** Whether two arrays differ at most in their last dimension. */
    private static boolean haveEqualRows(INDArray one, INDArray other) {
        int last = one.rank() - 1;
        if (last < 1 || other.rank() != one.rank()) {
            return false;
        }
        for (int axis = 0; axis < last; axis++) {
            if (one.size(axis) != other.size(axis)) {
                return false;
            }
        }
        return true;
    }

    private static long columns(INDArray array) {
        return array.size(array.rank() - 1);
    }

    private static long rows(INDArray array) {
        long rows = 1;
        for (int axis = 0; axis < array.rank() - 1; axis++) {
            rows *= array.size(axis);
        }
        return rows;
    }

    private static IllegalArgumentException misfit(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
        return new IllegalArgumentException("Matrices do not fit: "
                + describe(a, transposeA)
                + " times "
                + describe(b, transposeB)
                + " into "
                + describe(c, false)
                + "\n  expected [m, k] times [k, n] into [m, n], all of one data type, where the rows of "
                + (transposeA ? "A and B" : "A and C")
                + " may have several dimensions, [..., k]");
    }

    private static String describe(INDArray matrix, boolean transposed) {
        return matrix.dataType() + " " + Arrays.toString(matrix.shape()) + (transposed ? "ᵀ" : "");
    }
}
