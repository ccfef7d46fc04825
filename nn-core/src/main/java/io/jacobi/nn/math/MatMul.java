package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products on BLAS, row-major, with no copy and no temporary. The name of a method says which factor is
 * transposed: {@code abT} is A Bᵀ. The methods whose name starts with {@code add} add to C; the others overwrite it.
 *
 * <p>All methods have the same arguments: {@code s}, the scratch of the pass; {@code a} and {@code b}, the factors A
 * and B as they are stored; {@code c}, the result C, which must not overlap A or B. All three arrays have rank 2 and
 * one data type, otherwise {@link IllegalArgumentException}.
 *
 * <p>ND4J's own {@code mmul} copies when its result is in 'c' order. OpenBLAS runs on the calling thread
 * (docs/nd4j-notes.md).
 */
public final class MatMul {

    private MatMul() {}

    /** C = A B: A is [m, k], B is [k, n], C is [m, n]. */
    public static void ab(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, false, 0, c);
    }

    /** C = A Bᵀ: A is [m, k], B is [n, k], C is [m, n]. */
    public static void abT(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, true, 0, c);
    }

    /** C = Aᵀ B: A is [k, m], B is [k, n], C is [m, n]. */
    public static void aTb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, true, b, false, 0, c);
    }

    /** C += A B: A is [m, k], B is [k, n], C is [m, n]. */
    public static void addAb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, false, 1, c);
    }

    /** C += A Bᵀ: A is [m, k], B is [n, k], C is [m, n]. */
    public static void addAbT(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, false, b, true, 1, c);
    }

    /** C += Aᵀ B: A is [k, m], B is [k, n], C is [m, n]. */
    public static void addATb(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, true, b, false, 1, c);
    }

    private static void gemm(
            Scratch s, INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
        if (!areMatrices(a, b, c)) {
            throw misfit(a, transposeA, b, transposeB, c);
        }
        int m = Math.toIntExact(a.size(transposeA ? 1 : 0));
        int k = Math.toIntExact(a.size(transposeA ? 0 : 1));
        int n = Math.toIntExact(b.size(transposeB ? 0 : 1));
        // BLAS would read past the end of an array that is too short and crash the JVM
        if (b.size(transposeB ? 1 : 0) != k || c.size(0) != m || c.size(1) != n) {
            throw misfit(a, transposeA, b, transposeB, c);
        }
        int lda = transposeA ? m : k;
        int ldb = transposeB ? k : n;
        Blas.gemm(s, transposeA, transposeB, m, n, k, s.span(a), lda, s.span(b), ldb, beta, s.span(c));
    }

    /** Whether all have rank 2 and one data type. */
    private static boolean areMatrices(INDArray a, INDArray b, INDArray c) {
        return a.rank() == 2
                && b.rank() == 2
                && c.rank() == 2
                && a.dataType() == b.dataType()
                && a.dataType() == c.dataType();
    }

    private static IllegalArgumentException misfit(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
        return new IllegalArgumentException("Matrices do not fit: "
                + describe(a, transposeA)
                + " times "
                + describe(b, transposeB)
                + " into "
                + describe(c, false)
                + "\n  expected [m, k] times [k, n] into [m, n], all of one data type");
    }

    private static String describe(INDArray matrix, boolean transposed) {
        return matrix.dataType() + " " + Arrays.toString(matrix.shape()) + (transposed ? "ᵀ" : "");
    }
}
