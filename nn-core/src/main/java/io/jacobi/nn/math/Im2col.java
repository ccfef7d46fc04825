package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The lowering that makes a convolution a product of matrices: one image {@code [channels, height, width]} as a matrix with a row for
 * each cell of the window, and a column for each of its positions.
 *
 * <pre>
 * columns [channels · kernel height · kernel width, output height · output width]
 * columns[(c, i, j), (p, q)] = x[c, vertical.at(p, i), horizontal.at(q, j)], or 0 in the padding
 * </pre>
 *
 * {@link #unfold} is this map, and {@link #fold} its transpose: what was copied to many places is their sum.
 *
 * <p>With a vertical stride of 1, what row i of the window sees of a channel is what row 0 sees, i · dilation rows of the image further
 * down. A map in slices leaves the rows of the window out of the matrix, which is then as many times smaller:
 *
 * <pre>
 * strips [channels · kernel width, (output height + extent − 1) · output width]
 * row i of the window   columns sliceAt(i) to sliceAt(i) + positions of it
 * </pre>
 *
 * so that the product with the whole matrix becomes a sum of products with its slices, none of which is copied.
 */
public final class Im2col {

    private final int channels;
    private final Window vertical;
    private final Window horizontal;
    private final boolean sliced;
    private final FloatIm2col floats;
    private final DoubleIm2col doubles;

    /** For images of so many channels, over which the window slides along both axes. */
    public Im2col(int channels, Window vertical, Window horizontal) {
        this(channels, vertical, horizontal, false);
    }

    private Im2col(int channels, Window vertical, Window horizontal, boolean sliced) {
        this.channels = channels;
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.sliced = sliced;
        this.floats = new FloatIm2col(channels, vertical, horizontal, sliced);
        this.doubles = new DoubleIm2col(channels, vertical, horizontal, sliced);
    }

    /**
     * The same in slices, one for each row of the window.
     *
     * @throws IllegalArgumentException if the vertical stride is not 1
     */
    public static Im2col inSlices(int channels, Window vertical, Window horizontal) {
        if (vertical.stride() != 1) {
            throw new IllegalArgumentException("The vertical stride is " + vertical.stride()
                    + "\n  expected 1: with another, a slice is not one piece\n  fix: new Im2col(...), without slices");
        }
        return new Im2col(channels, vertical, horizontal, true);
    }

    /** Rows of the matrix: the cells of a window, or of a row of the window if it is in slices, over all channels. */
    public int rows() {
        return channels * horizontal.kernel() * (sliced ? 1 : vertical.kernel());
    }

    /** Columns of the matrix. */
    public int columns() {
        return sliced ? (vertical.positions() - 1 + vertical.extent()) * horizontal.positions() : positions();
    }

    /** How many slices there are; 1 if the matrix is whole. */
    public int slices() {
        return sliced ? vertical.kernel() : 1;
    }

    /** The column at which slice {@code i} begins. */
    public int sliceAt(int i) {
        return i * vertical.dilation() * horizontal.positions();
    }

    /** The positions of the window: columns of the matrix, or of a slice of it. */
    public int positions() {
        return vertical.positions() * horizontal.positions();
    }

    /** Elements of one image. */
    public int size() {
        return channels * vertical.input() * horizontal.input();
    }

    /** Whether the matrix has the elements of the image in their order, so that the image can serve as it is. */
    public boolean isIdentity() {
        return isIdentity(vertical) && isIdentity(horizontal);
    }

    private static boolean isIdentity(Window window) {
        return window.kernel() == 1 && window.stride() == 1 && window.padding() == 0;
    }

    /** columns = the image that begins at element {@code at} of x. */
    public void unfold(Scratch s, INDArray x, int at, INDArray columns) {
        Span image = s.span(x);
        Span matrix = s.span(columns);
        if (image.isFloat()) {
            floats.unfold(s, image, at, matrix);
        } else {
            doubles.unfold(s, image, at, matrix);
        }
    }

    /** Each element of the image that begins at {@code at} of dx = the sum over where {@link #unfold} copies it to. */
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
