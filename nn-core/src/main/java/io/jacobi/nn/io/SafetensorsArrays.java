package io.jacobi.nn.io;

import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TensorInfo;
import io.jacobi.nn.files.TensorType;
import io.jacobi.nn.math.LittleEndian;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as the tensors of {@linkplain Safetensors safetensors files}. */
public final class SafetensorsArrays {

    private static final int PIECE = 1 << 16;

    private SafetensorsArrays() {}

    /**
     * Reads a tensor into an array. F64 is rounded if {@code target} has floats; F32 is exact in doubles.
     *
     * @param target an array with the number of elements of the tensor, in any shape
     * @throws ModelFormatException if there is no tensor of this name, or if its type is neither F32 nor F64
     * @throws IllegalArgumentException if the numbers of elements differ
     * @throws IOException if the file cannot be read; then a part of {@code target} may have changed
     */
    public static void read(Safetensors file, String name, INDArray target) throws IOException {
        file.read(name, target.length(), in -> read(file.find(name).orElseThrow(), in, target));
    }

    /** Reads the bytes of a tensor of weights into an array with as many elements. */
    static void read(TensorInfo tensor, InputStream in, INDArray target) throws IOException {
        if (target.length() > 0) {
            boolean doubles = tensor.type() == TensorType.F64;
            LittleEndian.read(target, doubles, new byte[PIECE], (bytes, n) -> readFully(in, bytes, n));
        }
    }

    private static void readFully(InputStream in, byte[] bytes, int n) throws IOException {
        if (in.readNBytes(bytes, 0, n) < n) {
            throw new EOFException("the tensor ends too early");
        }
    }

    /**
     * Writes a file. Its tensors have the order of the map.
     *
     * @param metadata strings about the tensors
     * @param tensors by name: FLOAT or DOUBLE, dense, in 'c' order
     * @throws ModelFormatException if the header is too long for a reader, or if UTF-8 cannot encode a text
     * @throws IOException if {@code out} throws it
     */
    public static void write(OutputStream out, Map<String, String> metadata, Map<String, INDArray> tensors)
            throws IOException {
        Safetensors.write(out, metadata, describe(tensors), data -> write(data, tensors.values()));
    }

    /** The SHA-256 of these tensors' bytes in a file, as 64 hexadecimal digits. */
    static String sha256(Iterable<INDArray> tensors) throws IOException {
        return Safetensors.sha256(data -> write(data, tensors));
    }

    private static void write(OutputStream out, Iterable<INDArray> tensors) throws IOException {
        byte[] piece = new byte[PIECE];
        for (INDArray tensor : tensors) {
            LittleEndian.write(tensor, piece, (bytes, n) -> out.write(bytes, 0, n));
        }
    }

    private static List<TensorInfo> describe(Map<String, INDArray> tensors) {
        List<TensorInfo> infos = new ArrayList<>();
        long begin = 0;
        for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
            INDArray array = tensor.getValue();
            TensorType type = type(array.dataType());
            List<Long> shape = Arrays.stream(array.shape()).boxed().toList();
            long end = begin + array.length() * type.bytes();
            infos.add(new TensorInfo(tensor.getKey(), type, shape, begin, end));
            begin = end;
        }
        return infos;
    }

    /** The type of the tensors of a model with this data type, FLOAT or DOUBLE. */
    static TensorType type(DataType type) {
        return type == DataType.FLOAT ? TensorType.F32 : TensorType.F64;
    }

    /** The data type of a model whose tensors have this type, F32 or F64. */
    static DataType type(TensorType type) {
        return type == TensorType.F32 ? DataType.FLOAT : DataType.DOUBLE;
    }
}
