package io.jacobi.nn.layers;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Window;

/**
 * A window on images {@code [channels, height, width]} for convolution and pooling: its checks and the shape of the
 * output.
 */
record Window2d(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        int dilationHeight,
        int dilationWidth) {

    /** A window without gaps between its cells. */
    Window2d(
            int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth) {
        this(kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth, 1, 1);
    }

    /** Refuses a pooling window that cannot move, or that may lie entirely in the padding. */
    void checkPooling(String layer) {
        requireAtLeast(layer, "kernel", 1, kernelHeight, kernelWidth);
        requireAtLeast(layer, "stride", 1, strideHeight, strideWidth);
        requireAtLeast(layer, "padding", 0, paddingHeight, paddingWidth);
        if (paddingHeight > kernelHeight / 2 || paddingWidth > kernelWidth / 2) {
            throw new IllegalArgumentException(layer + " has a padding of " + paddingHeight + " x " + paddingWidth
                    + " for a kernel of " + kernelHeight + " x " + kernelWidth
                    + "\n  expected at most half of the kernel: beyond that, windows lie in the padding alone");
        }
    }

    static void requireAtLeast(String layer, String name, int least, int height, int width) {
        if (height < least || width < least) {
            throw new IllegalArgumentException(layer + " has a " + name + " of " + height + " x " + width
                    + "\n  expected at least " + least + " on both axes");
        }
    }

    /** How the window moves down images of the given height. */
    Window down(long height) {
        return new Window((int) height, kernelHeight, strideHeight, paddingHeight, dilationHeight);
    }

    /** How the window moves across images of the given width. */
    Window across(long width) {
        return new Window((int) width, kernelWidth, strideWidth, paddingWidth, dilationWidth);
    }

    /** The shape of the output of pooling, which keeps the channels. */
    Shape output(Shape input) {
        requireImages(input);
        return output(input, input.dim(0));
    }

    /** The shape of the output, {@code [channels, positions down, positions across]}. */
    Shape output(Shape input, long channels) {
        requireImages(input);
        Window down = down(input.dim(1));
        Window across = across(input.dim(2));
        if (down.positions() < 1 || across.positions() < 1) {
            throw ShapeException.input(
                    "height and width, with padding, of at least " + down.extent() + " x " + across.extent()
                            + ", the window",
                    input,
                    "a smaller kernel, more padding, or less pooling before it");
        }
        return Shape.of(channels, down.positions(), across.positions());
    }

    static void requireImages(Shape input) {
        if (input.rank() != 3) {
            throw ShapeException.input(
                    "rank 3 per example, [channels, height, width]",
                    input,
                    "give the model such an input (a grey image has 1 channel), and put a Flatten after this layer, if any");
        }
    }

    /**
     * The kernel, and everything that differs from the usual strides, no padding and no dilation:
     * {@code 3, stride 2, padding 1}.
     */
    String describe(int usualStrideHeight, int usualStrideWidth) {
        return both(kernelHeight, kernelWidth)
                + unless(
                        strideHeight == usualStrideHeight && strideWidth == usualStrideWidth,
                        ", stride " + both(strideHeight, strideWidth))
                + unless(paddingHeight == 0 && paddingWidth == 0, ", padding " + both(paddingHeight, paddingWidth))
                + unless(
                        dilationHeight == 1 && dilationWidth == 1, ", dilation " + both(dilationHeight, dilationWidth));
    }

    private static String unless(boolean usual, String text) {
        return usual ? "" : text;
    }

    private static String both(int height, int width) {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
