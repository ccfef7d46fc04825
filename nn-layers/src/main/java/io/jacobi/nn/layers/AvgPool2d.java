package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Window;
import java.util.Arrays;

/**
 * Average pooling: the mean of each window, in each channel separately.
 *
 * <pre>
 * x [batch, channels, height, width]   y [batch, channels, positions down, positions across]
 * y_pq = 1/k Σ x over the window at (p, q)     dx_uv = 1/k Σ dy_pq over the windows that contain x_uv
 * k = kernel height · kernel width
 * </pre>
 *
 * Padding counts as zeros, so that every window divides by k (PyTorch's {@code count_include_pad}). A window that does
 * not fit at the end is left out, so that the last rows and columns may belong to no window.
 *
 * <p>The input must be {@code [channels, height, width]} and at least as large as the window; otherwise
 * {@link io.jacobi.nn.ShapeException} at build.
 *
 * <p>Derivation: docs/derivations/pooling.md. Source: LeCun et al. 1998, section II.B.
 *
 * @param kernelHeight rows of the window, at least 1
 * @param kernelWidth columns of the window, at least 1
 * @param strideHeight the vertical distance between windows, at least 1
 * @param strideWidth the horizontal distance between windows, at least 1
 * @param paddingHeight rows of zeros above and below, at most half of the kernel
 * @param paddingWidth columns of zeros left and right, at most half of the kernel
 */
public record AvgPool2d(
        int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        implements Layer {

    public AvgPool2d {
        new Window2d(kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth)
                .checkPooling("AvgPool2d");
    }

    /** Square windows side by side, with a stride equal to the kernel. */
    public AvgPool2d(int kernel) {
        this(kernel, kernel);
    }

    /** Windows of the given height and width side by side, with strides equal to them. */
    public AvgPool2d(int kernelHeight, int kernelWidth) {
        this(kernelHeight, kernelWidth, kernelHeight, kernelWidth, 0, 0);
    }

    /** Returns a copy with this distance between windows, in both directions. */
    public AvgPool2d withStride(int stride) {
        return withStride(stride, stride);
    }

    /** Returns a copy with these vertical and horizontal distances between windows. */
    public AvgPool2d withStride(int height, int width) {
        return new AvgPool2d(kernelHeight, kernelWidth, height, width, paddingHeight, paddingWidth);
    }

    /** Returns a copy that adds this number of zeros on each side of an image. */
    public AvgPool2d withPadding(int padding) {
        return withPadding(padding, padding);
    }

    /** Returns a copy that adds rows of zeros above and below, and columns of zeros left and right. */
    public AvgPool2d withPadding(int height, int width) {
        return new AvgPool2d(kernelHeight, kernelWidth, strideHeight, strideWidth, height, width);
    }

    private Window2d window() {
        return new Window2d(kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return window().output(input);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Window down = window().down(p.x().size(2));
        Window across = window().across(p.x().size(3));
        Span x = s.span(p.x());
        Span y = s.span(p.y());
        int plane = down.input() * across.input();
        int positions = down.positions() * across.positions();
        for (int c = 0; c < x.length() / plane; c++) {
            double[] sums = s.doubles(1, positions);
            means(s.load(0, x, c * plane, plane), down, across, sums);
            s.store(1, y, c * positions, positions);
        }
    }

    @Override
    public void backward(Pass p) {
        if (!p.needsInputGradient()) {
            return;
        }
        Scratch s = p.scratch();
        Window down = window().down(p.x().size(2));
        Window across = window().across(p.x().size(3));
        Span dx = s.span(p.dx());
        Span dy = s.span(p.dy());
        int plane = down.input() * across.input();
        int positions = down.positions() * across.positions();
        for (int c = 0; c < dx.length() / plane; c++) {
            double[] into = s.doubles(0, plane);
            Arrays.fill(into, 0, plane, 0);
            spread(s.load(1, dy, c * positions, positions), down, across, into);
            s.store(0, dx, c * plane, plane);
        }
    }

    private static void means(double[] x, Window down, Window across, double[] y) {
        double k = (double) down.kernel() * across.kernel();
        for (int p = 0; p < down.positions(); p++) {
            int top = Math.max(down.at(p, 0), 0);
            int bottom = Math.min(down.at(p, down.kernel()), down.input());
            for (int q = 0; q < across.positions(); q++) {
                int left = Math.max(across.at(q, 0), 0);
                int right = Math.min(across.at(q, across.kernel()), across.input());
                double sum = 0;
                for (int u = top; u < bottom; u++) {
                    for (int v = left; v < right; v++) {
                        sum += x[u * across.input() + v];
                    }
                }
                y[p * across.positions() + q] = sum / k;
            }
        }
    }

    /** y_pq = 1/k Σ x over the window   =>   dx += dy_pq / k for every element of the window. */
    private static void spread(double[] dy, Window down, Window across, double[] dx) {
        double k = (double) down.kernel() * across.kernel();
        for (int p = 0; p < down.positions(); p++) {
            int top = Math.max(down.at(p, 0), 0);
            int bottom = Math.min(down.at(p, down.kernel()), down.input());
            for (int q = 0; q < across.positions(); q++) {
                int left = Math.max(across.at(q, 0), 0);
                int right = Math.min(across.at(q, across.kernel()), across.input());
                double share = dy[p * across.positions() + q] / k;
                for (int u = top; u < bottom; u++) {
                    for (int v = left; v < right; v++) {
                        dx[u * across.input() + v] += share;
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return "AvgPool2d(" + window().describe(kernelHeight, kernelWidth) + ")";
    }
}
