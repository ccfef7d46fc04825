package io.jacobi.nn.math;

/**
 * How a window slides along one axis of an image. Its cell {@code k} at position {@code p} lies on
 *
 * <pre>
 * p · stride + k · dilation − padding
 * </pre>
 *
 * which is inside the image, or in the padding that surrounds it.
 *
 * @param input the length of the axis
 * @param kernel the cells of the window
 * @param stride the distance of neighbouring positions
 * @param padding how far the image is extended on both sides
 * @param dilation the distance of neighbouring cells
 */
public record Window(int input, int kernel, int stride, int padding, int dilation) {

    /** The length that the window covers, gaps included. */
    public int extent() {
        return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
    }

    /** How many positions fit into the padded image; below 1 if the window is longer than that. */
    public int positions() {
        return Math.floorDiv(Math.addExact(input, Math.multiplyExact(2, padding)) - extent(), stride) + 1;
    }

    /** Where cell {@code k} lies at position {@code p}: from 0 to {@code input - 1} if inside the image. */
    public int at(int p, int k) {
        return p * stride + k * dilation - padding;
    }

    /** The first position at which cell {@code k} is inside the image; if there is none, not below {@link #end}. */
    public int begin(int k) {
        int before = padding - k * dilation;
        return before <= 0 ? 0 : Math.min((before + stride - 1) / stride, positions());
    }

    /** The position after the last one at which cell {@code k} is inside the image; at least {@link #begin}. */
    public int end(int k) {
        int last = Math.floorDiv(input - 1 + padding - k * dilation, stride);
        return Math.max(begin(k), Math.min(last + 1, positions()));
    }
}
