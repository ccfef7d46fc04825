package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Reads and converts the protobuf messages of an exported model. */
final class Protos {

    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int DOUBLE = TensorProto.DataType.DOUBLE.getNumber();

    private Protos() {}

    /** All weights and states in the file, sorted, without constants, which are not stored as raw bytes. */
    static double[] storedNumbers(ModelProto model) {
        return model.getGraph().getInitializerList().stream()
                .flatMapToDouble(Protos::numbers)
                .sorted()
                .toArray();
    }

    private static DoubleStream numbers(TensorProto tensor) {
        if (tensor.getDataType() == FLOAT) {
            FloatBuffer floats = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            return IntStream.range(0, floats.limit()).mapToDouble(floats::get);
        }
        DoubleBuffer doubles = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        return IntStream.range(0, doubles.limit()).mapToDouble(doubles::get);
    }

    /** Returns the graph with every double converted to a float. */
    static ModelProto asFloats(ModelProto model) {
        GraphProto graph = model.getGraph();
        GraphProto.Builder floats = graph.toBuilder()
                .clearInitializer()
                .setInput(0, asFloats(graph.getInput(0)))
                .setOutput(0, asFloats(graph.getOutput(0)));
        graph.getInitializerList().forEach(tensor -> floats.addInitializer(asFloats(tensor)));
        return model.toBuilder().setGraph(floats).build();
    }

    private static ValueInfoProto asFloats(ValueInfoProto value) {
        ValueInfoProto.Builder floats = value.toBuilder();
        floats.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT);
        return floats.build();
    }

    private static TensorProto asFloats(TensorProto tensor) {
        if (tensor.getDataType() != DOUBLE) {
            return tensor;
        }
        TensorProto.Builder floats =
                tensor.toBuilder().clearRawData().clearDoubleData().setDataType(FLOAT);
        DoubleStream.concat(numbers(tensor), tensor.getDoubleDataList().stream().mapToDouble(Double::doubleValue))
                .forEach(value -> floats.addFloatData((float) value));
        return floats.build();
    }

    /** The operators of the graph in order. */
    static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream()
                .map(node -> node.getOpType())
                .toList();
    }
}
