package io.jacobi.nn.onnx;

import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.LayerNorm;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Exporters of normalizations. ε is an attribute, hence a float: for double models the equation is written out. */
final class NormalizationExporters {

    private NormalizationExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(BatchNorm.class, NormalizationExporters::batchNorm)
                .with(LayerNorm.class, NormalizationExporters::layerNorm);
    }

    private static Value batchNorm(BatchNorm layer, LayerGraph g) {
        if (g.type() == DataType.FLOAT) {
            return g.node(
                            "BatchNormalization",
                            g.x(),
                            g.weight("weight"),
                            g.weight("bias"),
                            g.weight("running_mean"),
                            g.weight("running_var"))
                    .withFloat("epsilon", layer.epsilon())
                    .value();
        }
        Value deviation = g.apply("Sqrt", g.apply("Add", perChannel(g, "running_var"), g.constant(layer.epsilon())));
        Value centered = g.apply("Sub", g.x(), perChannel(g, "running_mean"));
        return scaled(g, g.apply("Div", centered, deviation), perChannel(g, "weight"), perChannel(g, "bias"));
    }

    /** Shape [channels, 1, 1], which broadcasts over images, or [features]. */
    private static Value perChannel(LayerGraph g, String name) {
        long[] dims = new long[g.input().rank()];
        Arrays.fill(dims, 1);
        dims[0] = g.input().dim(0);
        return g.rearranged(name, Tensors.bytes(g.array(name)), dims);
    }

    private static Value layerNorm(LayerNorm layer, LayerGraph g) {
        int first = layer.wholeExample() ? 1 : g.input().rank();
        if (g.type() == DataType.FLOAT) {
            return g.node("LayerNormalization", g.x(), g.weight("weight"), g.weight("bias"))
                    .with("axis", first)
                    .withFloat("epsilon", layer.epsilon())
                    .value();
        }
        long[] axes = LongStream.rangeClosed(first, g.input().rank()).toArray();
        Value centered = g.apply("Sub", g.x(), mean(g, g.x(), axes));
        Value variance = mean(g, g.apply("Mul", centered, centered), axes);
        Value deviation = g.apply("Sqrt", g.apply("Add", variance, g.constant(layer.epsilon())));
        return scaled(g, g.apply("Div", centered, deviation), g.weight("weight"), g.weight("bias"));
    }

    private static Value mean(LayerGraph g, Value of, long... axes) {
        return g.node("ReduceMean", of).withInts("axes", axes).value();
    }

    private static Value scaled(LayerGraph g, Value normalized, Value weight, Value bias) {
        return g.apply("Add", g.apply("Mul", normalized, weight), bias);
    }
}
