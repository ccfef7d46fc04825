package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products of matrices that lie anywhere inside larger arrays, each with the distance of its rows, or of its columns if it is
 * stored transposed. Nothing is copied and no view is made.
 *
 * <pre>
 * A[i, m, n], one m        [i, n], rows m · n elements apart
 * A[i, m, n], i and m      [i · m, n], rows n elements apart
 * </pre>
 */
public final class PlacedMatMul {

    /** The dimensions of C = A B: A is [m, k], B is [k, n], C is [m, n], whichever of them is stored transposed. */
    public record Size(int m, int n, int k) {}

    /**
     * How a matrix [rows, columns] lies: element (r, c) is {@code r · leading + c} elements behind the first, or
     * {@code c · leading + r} if it is stored transposed.
     */
    public record Place(int leading, boolean transposed) {}

    private PlacedMatMul() {}

    /**
     * C = A B, or C += A B if {@code add}: [m, n] from [m, k] and [k, n], each with the element at which it starts, in 'c' order of its
     * array, and its place. C must not overlap A or B.
     *
     * @throws IndexOutOfBoundsException if a matrix does not lie inside its array, or its rows overlap
     */
    public static void product(
            Scratch s,
            Size size,
            INDArray a,
            int aAt,
            Place aPlace,
            INDArray b,
            int bAt,
            Place bPlace,
            boolean add,
            INDArray c,
            int cAt,
            Place cPlace) {
        Span first = s.span(a);
        Span second = s.span(b);
        Span result = s.span(c);
        // BLAS would read past the end of an array that is too short, and take the JVM with it
        requireInside("A", first, aAt, aPlace, size.m(), size.k());
        requireInside("B", second, bAt, bPlace, size.k(), size.n());
        requireInside("C", result, cAt, cPlace, size.m(), size.n());
        if (first.isFloat() != second.isFloat() || first.isFloat() != result.isFloat()) {
            throw new IllegalArgumentException("Matrices of one product must have one data type; received "
                    + a.dataType() + " times " + b.dataType() + " into " + c.dataType());
        }
        Cursors at = s.cursors();
        boolean floats = first.isFloat();
        if (cPlace.transposed()) {
            // BLAS has no transposed result: C = A B is Cᵀ = Bᵀ Aᵀ
            Blas.gemm(
                    s,
                    floats,
                    !bPlace.transposed(),
                    !aPlace.transposed(),
                    size.n(),
                    size.m(),
                    size.k(),
                    at.a(second, bAt),
                    bPlace.leading(),
                    at.b(first, aAt),
                    aPlace.leading(),
                    add ? 1 : 0,
                    at.c(result, cAt),
                    cPlace.leading());
        } else {
            Blas.gemm(
                    s,
                    floats,
                    aPlace.transposed(),
                    bPlace.transposed(),
                    size.m(),
                    size.n(),
                    size.k(),
                    at.a(first, aAt),
                    aPlace.leading(),
                    at.b(second, bAt),
                    bPlace.leading(),
                    add ? 1 : 0,
                    at.c(result, cAt),
                    cPlace.leading());
        }
    }

    private static void requireInside(String name, Span span, int at, Place place, int rows, int columns) {
        int major = place.transposed() ? columns : rows;
        int minor = place.transposed() ? rows : columns;
        if (at < 0
                || major < 1
                || minor < 1
                || place.leading() < minor
                || at + (major - 1L) * place.leading() + minor > span.length()) {
            throw new IndexOutOfBoundsException("Matrix " + name + " of " + rows + " x " + columns
                    + " elements does not fit at " + at + " with a leading dimension of " + place.leading()
                    + "\n  expected all of it inside " + span.length() + " elements, and no two rows that overlap");
        }
    }
}
