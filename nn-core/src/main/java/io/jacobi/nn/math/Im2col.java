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
 */
public final class Im2col {

    private final int channels;
    private final Window vertical;
    private final Window horizontal;
    private final FloatIm2col floats;
    private final DoubleIm2col doubles;

    /** For images of so many channels, over which the window slides along both axes. */
    public Im2col(int channels, Window vertical, Window horizontal) {
        this.channels = channels;
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.floats = new FloatIm2col(channels, vertical, horizontal);
        this.doubles = new DoubleIm2col(channels, vertical, horizontal);
    }

    /** Rows of the matrix: the cells of a window, over all channels. */
    public int rows() {
        return channels * vertical.kernel() * horizontal.kernel();
    }

    /** Columns of the matrix: the positions of the window. */
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
