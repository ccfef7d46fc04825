package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.jacobi.nn.math.LittleEndian;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts arrays to ONNX tensors. */
final class Tensors {

    private static final int PIECE = 1 << 16;

    private Tensors() {}

    static TensorProto.DataType type(DataType type) {
        return type == DataType.FLOAT ? TensorProto.DataType.FLOAT : TensorProto.DataType.DOUBLE;
    }

    /** Returns all elements of an array in little-endian order, as ONNX requires. */
    static ByteString bytes(INDArray array) {
        ByteString.Output out = ByteString.newOutput(
                Math.toIntExact(array.length() * array.dataType().width()));
        LittleEndian.write(array, new byte[PIECE], (bytes, n) -> out.write(bytes, 0, n));
        return out.toByteString();
    }

    static TensorProto of(String name, DataType type, ByteString bytes, long... dims) {
        return named(name, type(type), dims).setRawData(bytes).build();
    }

    /** Returns a tensor of the given values, rounded to floats if the type is FLOAT. */
    static TensorProto of(String name, DataType type, double[] values, long... dims) {
        TensorProto.Builder tensor = named(name, type(type), dims);
        for (double value : values) {
            if (type == DataType.FLOAT) {
                tensor.addFloatData((float) value);
            } else {
                tensor.addDoubleData(value);
            }
        }
        return tensor.build();
    }

    /** Returns a vector of integers, such as a shape or a list of axes. */
    static TensorProto integers(String name, long... values) {
        return named(name, TensorProto.DataType.INT64, values.length)
                .addAllInt64Data(Arrays.stream(values).boxed().toList())
                .build();
    }

    private static TensorProto.Builder named(String name, TensorProto.DataType type, long... dims) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(dims).boxed().toList());
    }
}
