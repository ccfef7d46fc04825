package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products of blocks: runs of consecutive elements inside larger arrays, each read as a row-major matrix. An image of a batch
 * is one, and so are the rows of one group of a weight. Nothing is copied and no view is made.
 *
 * <p>A block is given as its array and the element at which it starts, in 'c' order; its size follows from the dimensions. The name
 * says which factor is transposed and whether C is added to, as in {@link MatMul}. C must not overlap A or B.
 */
public final class BlockMatMul {

    /** The dimensions of C = A B: A is [m, k], B is [k, n], C is [m, n], whichever of them is stored transposed. */
    public record Size(int m, int n, int k) {}

    private BlockMatMul() {}

    /** C = A B: [m, n] from [m, k] and [k, n]. */
    public static void ab(Scratch s, Size size, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, size, a, aAt, false, b, bAt, false, 0, c, cAt);
    }

    /** C += A B. */
    public static void addAb(Scratch s, Size size, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, size, a, aAt, false, b, bAt, false, 1, c, cAt);
    }

    /** C += A Bᵀ: [m, n] from [m, k] and [n, k]. */
    public static void addAbT(Scratch s, Size size, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, size, a, aAt, false, b, bAt, true, 1, c, cAt);
    }

    /** C = Aᵀ B: [m, n] from [k, m] and [k, n]. */
    public static void aTb(Scratch s, Size size, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, size, a, aAt, true, b, bAt, false, 0, c, cAt);
    }

    private static void gemm(
            Scratch s,
            Size size,
            INDArray a,
            int aAt,
            boolean transposeA,
            INDArray b,
            int bAt,
            boolean transposeB,
            double beta,
            INDArray c,
            int cAt) {
        Span first = s.span(a);
        Span second = s.span(b);
        Span result = s.span(c);
        // BLAS would read past the end of an array that is too short, and take the JVM with it
        requireInside("A", first, aAt, size.m(), size.k());
        requireInside("B", second, bAt, size.k(), size.n());
        requireInside("C", result, cAt, size.m(), size.n());
        if (first.isFloat() != second.isFloat() || first.isFloat() != result.isFloat()) {
            throw new IllegalArgumentException("Blocks of one product must have one data type; received " + a.dataType()
                    + " times " + b.dataType() + " into " + c.dataType());
        }
        Cursors cursors = s.cursors();
        Blas.gemm(
                s,
                first.isFloat(),
                transposeA,
                transposeB,
                size.m(),
                size.n(),
                size.k(),
                cursors.a(first, aAt),
                transposeA ? size.m() : size.k(),
                cursors.b(second, bAt),
                transposeB ? size.k() : size.n(),
                beta,
                cursors.c(result, cAt),
                size.n());
    }

    private static void requireInside(String name, Span span, int at, int rows, int columns) {
        if (at < 0 || rows < 1 || columns < 1 || at + (long) rows * columns > span.length()) {
            throw new IndexOutOfBoundsException("Block " + name + " of " + rows + " x " + columns
                    + " elements does not fit\n  expected to start at " + at + " of " + span.length() + " elements");
        }
    }
}
