package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Concat;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Slice;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Exporters of layers that multiply by weights, look up rows or move elements, and of composite layers. */
final class BasicExporters {

    private BasicExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(Affine.class, BasicExporters::affine)
                .with(Dropout.class, (dropout, g) -> g.x())
                .with(Embedding.class, BasicExporters::embedding)
                .with(
                        Flatten.class,
                        (flatten, g) -> g.node("Flatten", g.x()).with("axis", 1).value())
                .with(Reshape.class, BasicExporters::reshape)
                .with(Slice.class, BasicExporters::slice)
                .with(Chain.class, (chain, g) -> g.branch(""))
                .with(Concat.class, BasicExporters::concat)
                .with(Residual.class, (residual, g) -> g.apply("Add", g.x(), g.branch("")));
    }

    private static Value affine(Affine layer, LayerGraph g) {
        Value weight = g.weight("weight");
        if (g.input().rank() == 1) {
            Node product =
                    layer.bias() ? g.node("Gemm", g.x(), weight, g.weight("bias")) : g.node("Gemm", g.x(), weight);
            return product.with("transB", 1).value();
        }
        // Gemm takes matrices only, and MatMul cannot transpose
        Value transposed = g.node("Transpose", weight).withInts("perm", 1, 0).value();
        Value product = g.apply("MatMul", g.x(), transposed);
        return layer.bias() ? g.apply("Add", product, g.weight("bias")) : product;
    }

    private static Value embedding(Embedding layer, LayerGraph g) {
        // indices have the model's data type, as everywhere in Jacobi
        Value rows = g.node("Cast", g.x())
                .with("to", TensorProto.DataType.INT64.getNumber())
                .value();
        return g.apply("Gather", g.weight("weight"), rows);
    }

    private static Value concat(Concat layer, LayerGraph g) {
        Value[] parts = IntStream.range(0, layer.branches().size())
                .mapToObj(i -> g.branch(Integer.toString(i)))
                .toArray(Value[]::new);
        return g.node("Concat", parts).with("axis", 1).value();
    }

    private static Value reshape(Reshape layer, LayerGraph g) {
        // 0 keeps the input's dimension at that position: the batch
        long[] dims = LongStream.concat(
                        LongStream.of(0), LongStream.of(g.output().dims()))
                .toArray();
        return g.apply("Reshape", g.x(), g.integers(dims));
    }

    private static Value slice(Slice layer, LayerGraph g) {
        Value[] bounds = {g.integers(layer.from()), g.integers(layer.to()), g.integers(1)};
        return g.apply("Slice", g.x(), bounds[0], bounds[1], bounds[2]);
    }
}
