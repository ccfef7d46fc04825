package io.jacobi.nn.onnx;

import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.GlobalAvgPool2d;
import io.jacobi.nn.layers.MaxPool2d;

/** Exporters of convolution and pooling. */
final class ImageExporters {

    private ImageExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(Conv2d.class, ImageExporters::conv)
                .with(MaxPool2d.class, ImageExporters::maxPool)
                .with(AvgPool2d.class, ImageExporters::avgPool)
                .with(GlobalAvgPool2d.class, ImageExporters::globalAvgPool);
    }

    private static Value conv(Conv2d layer, LayerGraph g) {
        Value weight = g.weight("weight");
        Node conv = layer.bias() ? g.node("Conv", g.x(), weight, g.weight("bias")) : g.node("Conv", g.x(), weight);
        return windows(
                        conv,
                        layer.kernelHeight(),
                        layer.kernelWidth(),
                        layer.strideHeight(),
                        layer.strideWidth(),
                        layer.paddingHeight(),
                        layer.paddingWidth())
                .withInts("dilations", layer.dilationHeight(), layer.dilationWidth())
                .with("group", layer.groups())
                .value();
    }

    private static Value maxPool(MaxPool2d layer, LayerGraph g) {
        return windows(
                        g.node("MaxPool", g.x()),
                        layer.kernelHeight(),
                        layer.kernelWidth(),
                        layer.strideHeight(),
                        layer.strideWidth(),
                        layer.paddingHeight(),
                        layer.paddingWidth())
                .value();
    }

    private static Value avgPool(AvgPool2d layer, LayerGraph g) {
        return windows(
                        g.node("AveragePool", g.x()),
                        layer.kernelHeight(),
                        layer.kernelWidth(),
                        layer.strideHeight(),
                        layer.strideWidth(),
                        layer.paddingHeight(),
                        layer.paddingWidth())
                .with("count_include_pad", 1)
                .value();
    }

    private static Node windows(
            Node node,
            int kernelHeight,
            int kernelWidth,
            int strideHeight,
            int strideWidth,
            int paddingHeight,
            int paddingWidth) {
        return node.withInts("kernel_shape", kernelHeight, kernelWidth)
                .withInts("strides", strideHeight, strideWidth)
                // top, left, bottom, right
                .withInts("pads", paddingHeight, paddingWidth, paddingHeight, paddingWidth);
    }

    private static Value globalAvgPool(GlobalAvgPool2d layer, LayerGraph g) {
        // GlobalAveragePool would return [channels, 1, 1], and ONNX Runtime implements it for floats only
        return g.node("ReduceMean", g.x())
                .withInts("axes", 2, 3)
                .with("keepdims", 0)
                .value();
    }
}
