package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.GlobalAvgPool2d;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One number for each window of an image. */
final class ScalarPooling {

    private ScalarPooling() {}

    /** How windows slide along one axis. */
    private record Axis(int kernel, int stride, int padding) {

        int positions(int length) {
            return (length + 2 * padding - kernel) / stride + 1;
        }
    }

    /** The largest of each window; of equals the first, and never the padding. */
    static <T extends Real<T>> Tensor<T> maxPool2d(MaxPool2d layer, ScalarPass<T> p) {
        return pool(
                p.x(),
                new Axis(layer.kernelHeight(), layer.strideHeight(), layer.paddingHeight()),
                new Axis(layer.kernelWidth(), layer.strideWidth(), layer.paddingWidth()),
                window -> window.stream().reduce(Real::max).orElseThrow());
    }

    /** The mean of each window, in which padding counts as zeros. */
    static <T extends Real<T>> Tensor<T> avgPool2d(AvgPool2d layer, ScalarPass<T> p) {
        double cells = (double) layer.kernelHeight() * layer.kernelWidth();
        return pool(
                p.x(),
                new Axis(layer.kernelHeight(), layer.strideHeight(), layer.paddingHeight()),
                new Axis(layer.kernelWidth(), layer.strideWidth(), layer.paddingWidth()),
                window -> Real.sum(window).over(cells));
    }

    /** The mean of each channel. */
    static <T extends Real<T>> Tensor<T> globalAvgPool2d(GlobalAvgPool2d layer, ScalarPass<T> p) {
        Axis down = new Axis(p.x().dim(2), 1, 0);
        Axis across = new Axis(p.x().dim(3), 1, 0);
        double cells = (double) down.kernel * across.kernel;
        return pool(p.x(), down, across, window -> Real.sum(window).over(cells)).reshape(p.batch(), p.x().dim(1));
    }

    /** A function of the pixels in each window, in row-major order. */
    private static <T> Tensor<T> pool(Tensor<T> x, Axis down, Axis across, Function<List<T>, T> f) {
        int[] shape = {x.dim(0), x.dim(1), down.positions(x.dim(2)), across.positions(x.dim(3))};
        return Tensor.byIndex(shape, at -> {
            List<T> window = new ArrayList<>();
            for (int i = 0; i < down.kernel; i++) {
                for (int j = 0; j < across.kernel; j++) {
                    int u = at[2] * down.stride + i - down.padding;
                    int v = at[3] * across.stride + j - across.padding;
                    if (u >= 0 && u < x.dim(2) && v >= 0 && v < x.dim(3)) {
                        window.add(x.get(at[0], at[1], u, v));
                    }
                }
            }
            return f.apply(window);
        });
    }
}
