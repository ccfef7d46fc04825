package io.jacobi.nn.onnx;

import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.LayerNorm;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Exporters of normalizations. The equations are written out. ONNX Runtime's BatchNormalization computes a x + b, and
 * its LayerNormalization the variance as E[x²] − E[x]². In float, both lose the digits of x − μ where μ is large. ε is
 * an attribute there, hence a float. And fusions of a LayerNormalization with its neighbours give files that ONNX
 * Runtime refuses.
 */
final class NormalizationExporters {

    private NormalizationExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(BatchNorm.class, NormalizationExporters::batchNorm)
                .with(LayerNorm.class, NormalizationExporters::layerNorm);
    }

    private static Value batchNorm(BatchNorm layer, LayerGraph g) {
        // γ / √(σ² + ε), of weights alone: a runtime may compute it once
        Value deviation = g.apply("Sqrt", g.apply("Add", perChannel(g, "running_var"), g.constant(layer.epsilon())));
        Value factor = g.apply("Div", perChannel(g, "weight"), deviation);
        Value centered = g.apply("Sub", g.x(), perChannel(g, "running_mean"));
        return g.apply("Add", g.apply("Mul", centered, factor), perChannel(g, "bias"));
    }

    /** Shape [channels, 1, 1], which broadcasts over images, or [features]. */
    private static Value perChannel(LayerGraph g, String name) {
        if (g.input().rank() == 1) {
            return g.weight(name);
        }
        long[] dims = new long[g.input().rank()];
        Arrays.fill(dims, 1);
        dims[0] = g.input().dim(0);
        return g.apply("Reshape", g.weight(name), g.integers(dims));
    }

    /**
     * Computes with d = (max x − x) / m, where m is the largest of max x − x and 1: (x − μ)² would overflow in float
     * from 2e19 on, and a mean of x would be rounded like x, whereas d keeps the digits of the differences.
     */
    private static Value layerNorm(LayerNorm layer, LayerGraph g) {
        long[] axes = LongStream.rangeClosed(
                        layer.wholeExample() ? 1 : g.input().rank(), g.input().rank())
                .toArray();
        Value below = g.apply("Sub", reduce("ReduceMax", g.x(), g, axes), g.x());
        Value m = g.apply("Max", reduce("ReduceMax", below, g, axes), g.constant(1));
        Value d = g.apply("Div", below, m);
        // (x − μ) / m
        Value centered = g.apply("Sub", reduce("ReduceMean", d, g, axes), d);
        Value variance = reduce("ReduceMean", g.apply("Mul", centered, centered), g, axes);
        Value epsilon = g.apply("Div", g.constant(layer.epsilon()), g.apply("Mul", m, m));
        Value normalized = g.apply("Div", centered, g.apply("Sqrt", g.apply("Add", variance, epsilon)));
        return g.apply("Add", g.apply("Mul", normalized, g.weight("weight")), g.weight("bias"));
    }

    private static Value reduce(String operator, Value of, LayerGraph g, long... axes) {
        return g.node(operator, of).withInts("axes", axes).value();
    }
}
