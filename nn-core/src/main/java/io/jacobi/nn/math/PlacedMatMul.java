package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The product C = A B of matrices that lie anywhere inside larger arrays. Nothing is copied and no view is made.
 *
 * <p>A {@link Place} says how a matrix lies from its first element on. A product is made once, from three places, and
 * then runs as often as needed on the arrays and first elements that each call names: for each image of a batch, or for
 * each head of an attention. A run allocates nothing.
 *
 * <pre>{@code
 * // S[i] = Q[i] K[i]ᵀ for each example i, where Q is [batch, m, d], K is [batch, n, d] and S is [batch, m, n]
 * PlacedMatMul scores = PlacedMatMul.of(Place.dense(m, d), Place.dense(n, d).transpose(), Place.dense(m, n));
 * for (int i = 0; i < batch; i++) {
 *     scores.ab(p.scratch(), q, i * m * d, k, i * n * d, s, i * m * n);
 * }
 * }</pre>
 *
 * <p>The product is immutable, so many threads may share one.
 */
public final class PlacedMatMul {

    /**
     * How a matrix [rows, columns] lies in memory: element (r, c) is {@code r · leading + c} elements behind the first,
     * or {@code c · leading + r} if the matrix is stored transposed.
     *
     * <pre>
     * array [i, m, n]   the matrix [i, n] for one m         new Place(i, n, m · n)
     *                   the matrix [i · m, n]               new Place(i · m, n, n), which is Place.dense(i · m, n)
     *                   the matrix [n, m]ᵀ for one i        Place.dense(m, n).transpose()
     * </pre>
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param leading the distance from one row to the next, or from one column to the next if the matrix is stored
     *     transposed; BLAS calls it the leading dimension
     * @param transposed whether neighbours in a column, and not in a row, lie side by side
     */
    public record Place(int rows, int columns, int leading, boolean transposed) {

        /** Refuses a negative size, and rows (or columns) that overlap. */
        public Place {
            int length = transposed ? rows : columns;
            if (rows < 0 || columns < 0 || leading < length) {
                throw new IllegalArgumentException("A matrix of " + rows + " x " + columns
                        + " elements cannot have a leading dimension of " + leading
                        + "\n  expected sizes of at least 0 and a leading dimension of at least " + length
                        + ", so that no two " + (transposed ? "columns" : "rows") + " overlap");
            }
        }

        /** A matrix that is not transposed and whose rows lie {@code leading} elements apart. */
        public Place(int rows, int columns, int leading) {
            this(rows, columns, leading, false);
        }

        /** A matrix whose rows follow each other without gaps. */
        public static Place dense(int rows, int columns) {
            return new Place(rows, columns, columns, false);
        }

        /** Returns the place of the transpose: the same elements, with rows and columns exchanged. */
        public Place transpose() {
            return new Place(columns, rows, leading, !transposed);
        }

        /** The number of elements from the first to the last, gaps included. */
        private long extent() {
            return transposed ? (columns - 1L) * leading + rows : (rows - 1L) * leading + columns;
        }

        private String size() {
            return rows + " x " + columns;
        }
    }

    private final Place aPlace;
    private final Place bPlace;
    private final Place cPlace;

    private PlacedMatMul(Place a, Place b, Place c) {
        this.aPlace = a;
        this.bPlace = b;
        this.cPlace = c;
    }

    /**
     * The product of matrices that lie like this.
     *
     * @param a the place of A, [m, k]
     * @param b the place of B, [k, n]
     * @param c the place of C, [m, n]
     * @throws IllegalArgumentException if the sizes do not fit each other, or one of them is 0
     */
    public static PlacedMatMul of(Place a, Place b, Place c) {
        boolean fit = a.columns == b.rows && c.rows == a.rows && c.columns == b.columns;
        if (!fit || a.rows == 0 || a.columns == 0 || b.columns == 0) {
            throw new IllegalArgumentException("Matrices do not fit: " + a.size() + " times " + b.size() + " into "
                    + c.size() + "\n  expected [m, k] times [k, n] into [m, n], all of at least 1");
        }
        return new PlacedMatMul(a, b, c);
    }

    /**
     * C = A B. C must not overlap A or B; all three may be parts of one array.
     *
     * @param s the scratch of the pass
     * @param a the array that A is a part of
     * @param aAt the index of A's first element, in 'c' order of its array
     * @param b the array that B is a part of
     * @param bAt the index of B's first element
     * @param c the array that C is a part of
     * @param cAt the index of C's first element
     * @throws IndexOutOfBoundsException if a matrix does not lie inside its array
     * @throws IllegalArgumentException if the arrays differ in data type
     */
    public void ab(Scratch s, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, s.span(a), aAt, s.span(b), bAt, 0, s.span(c), cAt);
    }

    /**
     * C += A B, with the arguments and exceptions of {@link #ab}.
     *
     * @param s the scratch of the pass
     * @param a the array that A is a part of
     * @param aAt the index of A's first element, in 'c' order of its array
     * @param b the array that B is a part of
     * @param bAt the index of B's first element
     * @param c the array that C is a part of
     * @param cAt the index of C's first element
     */
    public void addAb(Scratch s, INDArray a, int aAt, INDArray b, int bAt, INDArray c, int cAt) {
        gemm(s, s.span(a), aAt, s.span(b), bAt, 1, s.span(c), cAt);
    }

    private void gemm(Scratch s, Span a, int aAt, Span b, int bAt, double beta, Span c, int cAt) {
        // BLAS would read past the end of an array that is too short and crash the JVM
        requireInside("A", aPlace, a, aAt);
        requireInside("B", bPlace, b, bAt);
        requireInside("C", cPlace, c, cAt);
        if (a.isFloat() != b.isFloat() || a.isFloat() != c.isFloat()) {
            throw new IllegalArgumentException("Matrices of one product must have one data type; received "
                    + a.array().dataType() + " times " + b.array().dataType() + " into "
                    + c.array().dataType());
        }
        Cursors at = s.cursors();
        if (cPlace.transposed) {
            // BLAS has no transposed result: C = A B is Cᵀ = Bᵀ Aᵀ
            Blas.gemm(
                    s,
                    a.isFloat(),
                    !bPlace.transposed,
                    !aPlace.transposed,
                    bPlace.columns,
                    aPlace.rows,
                    aPlace.columns,
                    at.a(b, bAt),
                    bPlace.leading,
                    at.b(a, aAt),
                    aPlace.leading,
                    beta,
                    at.c(c, cAt),
                    cPlace.leading);
        } else {
            Blas.gemm(
                    s,
                    a.isFloat(),
                    aPlace.transposed,
                    bPlace.transposed,
                    aPlace.rows,
                    bPlace.columns,
                    aPlace.columns,
                    at.a(a, aAt),
                    aPlace.leading,
                    at.b(b, bAt),
                    bPlace.leading,
                    beta,
                    at.c(c, cAt),
                    cPlace.leading);
        }
    }

    private static void requireInside(String name, Place place, Span array, int at) {
        if (at < 0 || at + place.extent() > array.length()) {
            throw new IndexOutOfBoundsException("Matrix " + name + " of " + place.size()
                    + " elements does not fit at " + at + " with a leading dimension of " + place.leading
                    + "\n  expected all of it inside the " + array.length() + " elements of its array");
        }
    }
}
