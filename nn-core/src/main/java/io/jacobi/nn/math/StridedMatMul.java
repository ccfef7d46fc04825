package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products over arrays {@code [rows, steps, columns]}, such as a batch of sequences. Nothing is copied and no
 * view is made.
 *
 * <pre>
 * all steps   A[:, :, :]   the matrix [rows · steps, columns]
 * one step    A[:, t, :]   the matrix [rows, columns], whose rows are steps · columns elements apart
 * </pre>
 *
 * BLAS calls the distance from one row to the next the leading dimension, and skips the elements between two rows.
 *
 * <p>The name of a method says which factor is transposed and whether the product is added to C, as in {@link MatMul}.
 * All methods have the same arguments: {@code s}, the scratch of the pass; {@code a} and {@code b}, the factors A and
 * B; {@code c}, the result C, which must not overlap A or B; {@code stepA} and {@code stepC}, where they are given, the
 * steps of A and C that are meant, from 0. Arrays that do not fit are an {@link IllegalArgumentException}, a step that
 * does not exist is an {@link IndexOutOfBoundsException}.
 */
public final class StridedMatMul {

    /** In place of the number of a step: all steps are rows of one matrix. */
    private static final int ALL = -1;

    private StridedMatMul() {}

    /** C = A B for all steps: A is [rows, steps, k], B is [k, n], C is [rows, steps, n]. */
    public static void ab(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, ALL, b, false, 0, c, ALL);
    }

    /** C += A Bᵀ for all steps: A is [rows, steps, k], B is [n, k], C is [rows, steps, n]. */
    public static void addAbT(Scratch s, INDArray a, INDArray b, INDArray c) {
        gemm(s, a, ALL, b, true, 1, c, ALL);
    }

    /** C += Aᵀ B summed over rows and steps: A is [rows, steps, m], B is [rows, steps, n], C is [m, n]. */
    public static void addATb(Scratch s, INDArray a, INDArray b, INDArray c) {
        boolean fit = a.rank() == 3
                && b.rank() == 3
                && c.rank() == 2
                && a.size(0) == b.size(0)
                && a.size(1) == b.size(1)
                && c.size(0) == a.size(2)
                && c.size(1) == b.size(2)
                && sameType(a, b, c);
        if (!fit) {
            throw unfit("[rows, steps, m]ᵀ times [rows, steps, n] into [m, n]", a, b, c);
        }
        int m = (int) a.size(2);
        int n = (int) b.size(2);
        int k = (int) (a.size(0) * a.size(1));
        Blas.gemm(s, true, false, m, n, k, s.span(a), m, s.span(b), n, 1, s.span(c));
    }

    /** C[:, stepC, :] = A[:, stepA, :] B: A is [rows, steps, k], B is [k, n], C is [rows, its own steps, n]. */
    public static void ab(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, requireStep(a, stepA), b, false, 0, c, requireStep(c, stepC));
    }

    /** C[:, stepC, :] += A[:, stepA, :] B: A is [rows, steps, k], B is [k, n], C is [rows, its own steps, n]. */
    public static void addAb(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, requireStep(a, stepA), b, false, 1, c, requireStep(c, stepC));
    }

    /** C[:, stepC, :] += A[:, stepA, :] Bᵀ: A is [rows, steps, k], B is [n, k], C is [rows, its own steps, n]. */
    public static void addAbT(Scratch s, INDArray a, int stepA, INDArray b, INDArray c, int stepC) {
        gemm(s, a, requireStep(a, stepA), b, true, 1, c, requireStep(c, stepC));
    }

    private static void gemm(
            Scratch s, INDArray a, int stepA, INDArray b, boolean transposeB, double beta, INDArray c, int stepC) {
        // BLAS would read past the end of an array that is too short and crash the JVM
        boolean fit = a.rank() == 3
                && b.rank() == 2
                && c.rank() == 3
                && a.size(0) == c.size(0)
                && (stepA != ALL || a.size(1) == c.size(1))
                && a.size(2) == b.size(transposeB ? 1 : 0)
                && c.size(2) == b.size(transposeB ? 0 : 1)
                && sameType(a, b, c);
        if (!fit) {
            String factor = transposeB ? "[n, k]ᵀ" : "[k, n]";
            throw unfit("[rows, steps, k] times " + factor + " into [rows, steps, n]", a, b, c);
        }
        // an int is enough, because a Span is shorter than 2^31
        Span from = s.span(a);
        Span to = s.span(c);
        int k = (int) a.size(2);
        int n = (int) c.size(2);
        int m = (int) (stepA == ALL ? a.size(0) * a.size(1) : a.size(0));
        int lda = (int) (stepA == ALL ? k : a.size(1) * k);
        int ldc = (int) (stepC == ALL ? n : c.size(1) * n);
        Cursors at = s.cursors();
        Blas.gemm(
                s,
                from.isFloat(),
                false,
                transposeB,
                m,
                n,
                k,
                at.a(from, stepA == ALL ? 0 : stepA * k),
                lda,
                s.span(b).pointer(),
                transposeB ? k : n,
                beta,
                at.c(to, stepC == ALL ? 0 : stepC * n),
                ldc);
    }

    private static int requireStep(INDArray array, int step) {
        if (array.rank() == 3 && (step < 0 || step >= array.size(1))) {
            throw new IndexOutOfBoundsException("step " + step + " of an array " + Arrays.toString(array.shape())
                    + "\n  expected 0 to " + (array.size(1) - 1));
        }
        return step;
    }

    private static boolean sameType(INDArray a, INDArray b, INDArray c) {
        return a.dataType() == b.dataType() && a.dataType() == c.dataType();
    }

    private static IllegalArgumentException unfit(String expected, INDArray a, INDArray b, INDArray c) {
        return new IllegalArgumentException("Matrices do not fit: " + describe(a) + " and " + describe(b) + " into "
                + describe(c) + "\n  expected " + expected + ", all of one data type");
    }

    private static String describe(INDArray array) {
        return array.dataType() + " " + Arrays.toString(array.shape());
    }
}
