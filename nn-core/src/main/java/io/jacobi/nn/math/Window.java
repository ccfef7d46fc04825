package io.jacobi.nn.math;

/**
 * How a window slides along one axis of an image. Its cell {@code k} at position {@code p} lies on
 *
 * <pre>
 * p · stride + k · dilation − padding
 * </pre>
 *
 * which is inside the image or in the padding that surrounds it.
 *
 * @param input the length of the axis
 * @param kernel the number of cells of the window
 * @param stride the distance between neighbouring positions
 * @param padding the number of cells that extend the image on each side
 * @param dilation the distance between neighbouring cells
 */
public record Window(int input, int kernel, int stride, int padding, int dilation) {

    /** The length that the window covers, including the gaps between its cells. */
    public int extent() {
        return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
    }

    /** The number of positions in the padded image; below 1 if the window is longer than the padded image. */
    public int positions() {
        return Math.floorDiv(Math.addExact(input, Math.multiplyExact(2, padding)) - extent(), stride) + 1;
    }

    /**
     * The coordinate of cell {@code k} at position {@code p}; from 0 to {@code input - 1} if it is inside the image.
     */
    public int at(int p, int k) {
        return p * stride + k * dilation - padding;
    }

    /** The first position at which cell {@code k} is inside the image; {@link #end} if there is none. */
    public int begin(int k) {
        int before = padding - k * dilation;
        return before <= 0 ? 0 : Math.min((before + stride - 1) / stride, positions());
    }

    /** The position after the last one at which cell {@code k} is inside the image; {@link #begin} if there is none. */
    public int end(int k) {
        int last = Math.floorDiv(input - 1 + padding - k * dilation, stride);
        return Math.max(begin(k), Math.min(last + 1, positions()));
    }
}
