package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;

/** Convolution in seven loops: four over the output, three over what each of its elements sums. */
final class ScalarConvolution {

    private ScalarConvolution() {}

    /** y_opq = b_o + Σ_cij W_ocij · x_c(p·stride + i·dilation − padding)(q·stride + j·dilation − padding), c counted in o's group. */
    static <T extends Real<T>> Tensor<T> conv2d(Conv2d l, ScalarPass<T> p) {
        Tensor<T> x = p.x();
        Tensor<T> weight = p.value("weight");
        int height = x.dim(2);
        int width = x.dim(3);
        int channels = x.dim(1) / l.groups();
        int down = (height + 2 * l.paddingHeight() - l.dilationHeight() * (l.kernelHeight() - 1) - 1) / l.strideHeight()
                + 1;
        int across =
                (width + 2 * l.paddingWidth() - l.dilationWidth() * (l.kernelWidth() - 1) - 1) / l.strideWidth() + 1;
        return Tensor.byIndex(new int[] {p.batch(), l.channels(), down, across}, at -> {
            int group = at[1] / (l.channels() / l.groups());
            T y = l.bias() ? p.value("bias").get(at[1]) : p.constant(0);
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < l.kernelHeight(); i++) {
                    for (int j = 0; j < l.kernelWidth(); j++) {
                        int u = at[2] * l.strideHeight() + i * l.dilationHeight() - l.paddingHeight();
                        int v = at[3] * l.strideWidth() + j * l.dilationWidth() - l.paddingWidth();
                        if (u >= 0 && u < height && v >= 0 && v < width) {
                            T pixel = x.get(at[0], group * channels + c, u, v);
                            y = y.plus(weight.get(at[1], c, i, j).times(pixel));
                        }
                    }
                }
            }
            return y;
        });
    }
}
