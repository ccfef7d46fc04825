package io.jacobi.nn.math;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loads BLAS once and keeps it on one thread.
 *
 * <p>libnd4j has an OpenMP pool, and OpenBLAS has a pool of its own. With two threads each they spin against each
 * other: training became 25 times slower on two processors than on one (docs/nd4j-notes.md). Jacobi splits batches over
 * Java threads instead. Each of them calls a BLAS that computes on the calling thread, so that no environment variable
 * can make it slow.
 */
final class Blas {

    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSE = 111;
    private static final int TRANSPOSE = 112;

    private static final NativeLoading LOADING = NativeLoading.attempt(() -> {
        // ND4J sets the number of threads from the environment when it loads its BLAS, so this has to come after that
        Nd4j.factory().blas();
        openblas_nolapack.blas_set_num_threads(1);
    });

    private Blas() {}

    /**
     * Runs the static initializer: from then on BLAS computes on the calling thread.
     *
     * @throws IllegalStateException if the native libraries cannot be loaded
     */
    static void load() {
        LOADING.requireSuccess();
    }

    static int threads() {
        return openblas_nolapack.blas_get_num_threads();
    }

    /**
     * C = op(A) op(B) + beta C, row-major. C is [m, n], and the sum runs over k; lda and ldb are the lengths of the
     * rows of A and B as they are stored.
     */
    static void gemm(
            Scratch s,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Span a,
            int lda,
            Span b,
            int ldb,
            double beta,
            Span c) {
        gemm(s, a.isFloat(), transposeA, transposeB, m, n, k, a.pointer(), lda, b.pointer(), ldb, beta, c.pointer(), n);
    }

    /** C = op(A) op(B) + beta C anywhere in memory. The caller has checked that every row lies inside its array. */
    static void gemm(
            Scratch s,
            boolean floats,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Pointer a,
            int lda,
            Pointer b,
            int ldb,
            double beta,
            Pointer c,
            int ldc) {
        ProductMeter meter = s.meter();
        if (meter == null) {
            gemm(floats, transposeA, transposeB, m, n, k, a, lda, b, ldb, beta, c, ldc);
        } else {
            long start = System.nanoTime();
            gemm(floats, transposeA, transposeB, m, n, k, a, lda, b, ldb, beta, c, ldc);
            meter.add(m, n, k, System.nanoTime() - start);
        }
    }

    private static void gemm(
            boolean floats,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            Pointer a,
            int lda,
            Pointer b,
            int ldb,
            double beta,
            Pointer c,
            int ldc) {
        if (m == 1) {
            rowTimesMatrix(floats, transposeA ? lda : 1, transposeB, n, k, a, b, ldb, beta, c);
            return;
        }
        int opA = transposeA ? TRANSPOSE : NO_TRANSPOSE;
        int opB = transposeB ? TRANSPOSE : NO_TRANSPOSE;
        if (floats) {
            openblas_nolapack.cblas_sgemm(
                    ROW_MAJOR,
                    opA,
                    opB,
                    m,
                    n,
                    k,
                    1f,
                    (FloatPointer) a,
                    lda,
                    (FloatPointer) b,
                    ldb,
                    (float) beta,
                    (FloatPointer) c,
                    ldc);
        } else {
            openblas_nolapack.cblas_dgemm(
                    ROW_MAJOR,
                    opA,
                    opB,
                    m,
                    n,
                    k,
                    1d,
                    (DoublePointer) a,
                    lda,
                    (DoublePointer) b,
                    ldb,
                    beta,
                    (DoublePointer) c,
                    ldc);
        }
    }

    /**
     * The product of one row and a matrix, such as a single prediction needs. For a matrix product OpenBLAS copies all
     * of B into its own order; on processors without AVX-512 it does so even if A has only one row. With B of 512 x 784
     * floats that took 174 us, and this takes 19 us. With AVX-512 both take 19 us.
     */
    private static void rowTimesMatrix(
            boolean floats,
            int strideA,
            boolean transposeB,
            int n,
            int k,
            Pointer a,
            Pointer b,
            int ldb,
            double beta,
            Pointer c) {
        int op = transposeB ? NO_TRANSPOSE : TRANSPOSE;
        int rows = transposeB ? n : k;
        int columns = transposeB ? k : n;
        if (floats) {
            openblas_nolapack.cblas_sgemv(
                    ROW_MAJOR,
                    op,
                    rows,
                    columns,
                    1f,
                    (FloatPointer) b,
                    ldb,
                    (FloatPointer) a,
                    strideA,
                    (float) beta,
                    (FloatPointer) c,
                    1);
        } else {
            openblas_nolapack.cblas_dgemv(
                    ROW_MAJOR,
                    op,
                    rows,
                    columns,
                    1d,
                    (DoublePointer) b,
                    ldb,
                    (DoublePointer) a,
                    strideA,
                    beta,
                    (DoublePointer) c,
                    1);
        }
    }

    /** Σ a², in the precision of the elements. */
    static double sumOfSquares(boolean floats, int n, Pointer a) {
        return floats
                ? openblas_nolapack.cblas_sdot(n, (FloatPointer) a, 1, (FloatPointer) a, 1)
                : openblas_nolapack.cblas_ddot(n, (DoublePointer) a, 1, (DoublePointer) a, 1);
    }

    /** y = x for n elements, which lie strideX and strideY apart; neither stride is 0. */
    static void copy(boolean floats, int n, Pointer x, int strideX, Pointer y, int strideY) {
        if (floats) {
            openblas_nolapack.cblas_scopy(n, (FloatPointer) x, strideX, (FloatPointer) y, strideY);
        } else {
            openblas_nolapack.cblas_dcopy(n, (DoublePointer) x, strideX, (DoublePointer) y, strideY);
        }
    }
}
