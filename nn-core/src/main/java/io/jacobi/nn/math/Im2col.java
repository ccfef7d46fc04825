package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The lowering that makes a convolution a product of matrices: one image {@code [channels, height, width]} as a matrix
 * with a row for each cell of the window and a column for each position of the window.
 *
 * <pre>
 * columns [channels · kernel height · kernel width, output height · output width]
 * columns[(c, i, j), (p, q)] = x[c, vertical.at(p, i), horizontal.at(q, j)], or 0 in the padding
 * </pre>
 *
 * {@link #unfold} is this map. {@link #fold} is its transpose: an element that was copied to several places becomes the
 * sum of them.
 *
 * <p>With a vertical stride of 1, row i of the window sees the same elements as row 0 does i · dilation rows of the
 * image further down. A map in slices leaves the rows of the window out of the matrix, which makes the matrix smaller
 * by the height of the window:
 *
 * <pre>
 * strips [channels · kernel width, (output height + extent − 1) · output width]
 * row i of the window   columns sliceAt(i) to sliceAt(i) + positions of the strips
 * </pre>
 *
 * The product with the whole matrix becomes a sum of products with slices, and no slice is copied.
 */
public final class Im2col {

    private final int channels;
    private final Window vertical;
    private final Window horizontal;
    private final boolean sliced;
    private final Window rows;
    private final FloatIm2col floats;
    private final DoubleIm2col doubles;

    /**
     * A map of whole matrices.
     *
     * @param channels the number of channels of an image
     * @param vertical how the window slides along the height
     * @param horizontal how the window slides along the width
     */
    public Im2col(int channels, Window vertical, Window horizontal) {
        this(channels, vertical, horizontal, false);
    }

    private Im2col(int channels, Window vertical, Window horizontal, boolean sliced) {
        this.channels = channels;
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.sliced = sliced;
        // the strips are the matrix of a window of one row
        this.rows = sliced ? new Window(vertical.input(), 1, 1, vertical.padding(), 1) : vertical;
        this.floats = new FloatIm2col(channels, rows, horizontal);
        this.doubles = new DoubleIm2col(channels, rows, horizontal);
    }

    /**
     * A map in slices, one for each row of the window.
     *
     * @param channels the number of channels of an image
     * @param vertical how the window slides along the height
     * @param horizontal how the window slides along the width
     * @throws IllegalArgumentException if the vertical stride is not 1
     */
    public static Im2col inSlices(int channels, Window vertical, Window horizontal) {
        if (vertical.stride() != 1) {
            throw new IllegalArgumentException("The vertical stride is " + vertical.stride()
                    + "\n  expected 1, because with any other stride a slice is not one block"
                    + "\n  fix: new Im2col(...), without slices");
        }
        return new Im2col(channels, vertical, horizontal, true);
    }

    /**
     * Rows of the matrix: the cells of the window (of one row of the window if the map is in slices) times the
     * channels.
     */
    public int rows() {
        return channels * rows.kernel() * horizontal.kernel();
    }

    /** Columns of the matrix. */
    public int columns() {
        return rows.positions() * horizontal.positions();
    }

    /** The number of slices; 1 if the matrix is whole. */
    public int slices() {
        return sliced ? vertical.kernel() : 1;
    }

    /** The column at which slice {@code i} begins. */
    public int sliceAt(int i) {
        return i * vertical.dilation() * horizontal.positions();
    }

    /** The number of positions of the window, which are the columns of the matrix or of a slice. */
    public int positions() {
        return vertical.positions() * horizontal.positions();
    }

    /** The number of elements of one image. */
    public int size() {
        return channels * vertical.input() * horizontal.input();
    }

    /**
     * Whether the matrix holds the elements of the image in their order, so that the image itself can serve as the
     * matrix.
     */
    public boolean isIdentity() {
        return isIdentity(vertical) && isIdentity(horizontal);
    }

    private static boolean isIdentity(Window window) {
        return window.kernel() == 1 && window.stride() == 1 && window.padding() == 0;
    }

    /**
     * Writes the matrix of one image.
     *
     * @param s the scratch of the pass
     * @param x the images
     * @param at the index of the first element of the image, in 'c' order
     * @param columns the matrix that is overwritten
     */
    public void unfold(Scratch s, INDArray x, int at, INDArray columns) {
        Span image = s.span(x);
        Span matrix = s.span(columns);
        if (image.isFloat()) {
            floats.unfold(s, image, at, matrix);
        } else {
            doubles.unfold(s, image, at, matrix);
        }
    }

    /**
     * Writes one image from a matrix: each element becomes the sum over the places that {@link #unfold} copies it to.
     *
     * @param s the scratch of the pass
     * @param columns the matrix
     * @param dx the images, of which one is overwritten
     * @param at the index of the first element of that image, in 'c' order
     */
    public void fold(Scratch s, INDArray columns, INDArray dx, int at) {
        Span matrix = s.span(columns);
        Span image = s.span(dx);
        if (image.isFloat()) {
            floats.fold(s, matrix, image, at);
        } else {
            doubles.fold(s, matrix, image, at);
        }
    }
}
