package io.jacobi.nn.bench.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.jacobi.nn.bench.worker.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts the weights of a dense network to ONNX: little-endian floats, for each layer weight [out, in] and bias
 * [out].
 */
final class DenseOnnx {

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private DenseOnnx() {}

    static byte[] of(Workload workload, byte[] weights) {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName(workload.name());
        List<Integer> sizes = new ArrayList<>(workload.hidden());
        sizes.add(0, Workload.PIXELS);
        sizes.add(Workload.CLASSES);
        graph.addInput(matrix("x", Workload.PIXELS));
        String current = "x";
        int at = 0;
        for (int layer = 1; layer < sizes.size(); layer++) {
            int in = sizes.get(layer - 1);
            int out = sizes.get(layer);
            graph.addInitializer(tensor("w" + layer, weights, at, out, in));
            at += in * out * Float.BYTES;
            graph.addInitializer(tensor("b" + layer, weights, at, out));
            at += out * Float.BYTES;
            boolean last = layer == sizes.size() - 1;
            String product = last ? "y" : "a" + layer;
            graph.addNode(OnnxMl.NodeProto.newBuilder()
                    .setOpType("Gemm")
                    .addInput(current)
                    .addInput("w" + layer)
                    .addInput("b" + layer)
                    .addOutput(product)
                    .addAttribute(OnnxMl.AttributeProto.newBuilder()
                            .setName("transB")
                            .setType(OnnxMl.AttributeProto.AttributeType.INT)
                            .setI(1)));
            current = product;
            if (!last) {
                current = "h" + layer;
                graph.addNode(OnnxMl.NodeProto.newBuilder()
                        .setOpType("Relu")
                        .addInput(product)
                        .addOutput(current));
            }
        }
        graph.addOutput(matrix("y", Workload.CLASSES));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.TensorProto tensor(String name, byte[] weights, int at, long... dims) {
        int bytes = Float.BYTES;
        OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
            bytes *= Math.toIntExact(dim);
        }
        return tensor.setRawData(ByteString.copyFrom(weights, at, bytes)).build();
    }

    private static OnnxMl.ValueInfoProto matrix(String name, int columns) {
        OnnxMl.TensorShapeProto shape = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
