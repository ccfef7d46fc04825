package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TensorInfo;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays come back from a file as they were written. SafetensorsTest of nn-files is about the container. */
class SafetensorsArraysTest {

    @TempDir
    private Path directory;

    private Path written(Map<String, String> metadata, Map<String, INDArray> tensors) throws IOException {
        Path path = directory.resolve("x.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            SafetensorsArrays.write(out, metadata, tensors);
        }
        return path;
    }

    @Test
    void tensorsAndTextsComeBack() throws IOException {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        // longer than one piece, and of both types
        tensors.put("long", TestArrays.normal(DataType.DOUBLE, 1, 3, 9000));
        tensors.put("special", TestArrays.vector(DataType.FLOAT, -0.0, Double.NaN, Float.MIN_VALUE, 1.0 / 0));
        tensors.put("scalar", TestArrays.of(DataType.FLOAT, new double[] {3}));

        try (Safetensors file = Safetensors.open(written(Map.of("kéy", "välue\u0000"), tensors))) {
            assertThat(file.metadata()).containsExactly(Map.entry("kéy", "välue\u0000"));
            assertThat(file.tensors())
                    .extracting(TensorInfo::shape)
                    .containsExactly(List.of(3L, 9000L), List.of(4L), List.of());
            assertThat(file.sha256()).isEqualTo(SafetensorsArrays.sha256(tensors.values()));
            for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
                INDArray read = Memory.vector(
                        tensor.getValue().dataType(), tensor.getValue().length());
                SafetensorsArrays.read(file, tensor.getKey(), read);
                assertThat(Vectors.toDoubles(read)).isEqualTo(Vectors.toDoubles(tensor.getValue()));
            }
        }
    }

    @Test
    void floatsAreExactInDoublesAndDoublesAreRoundedToFloats() throws IOException {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        tensors.put("floats", TestArrays.vector(DataType.FLOAT, 0.1));
        tensors.put("doubles", TestArrays.vector(DataType.DOUBLE, 0.1));

        try (Safetensors file = Safetensors.open(written(Map.of(), tensors))) {
            INDArray doubles = Memory.vector(DataType.DOUBLE, 1);
            SafetensorsArrays.read(file, "floats", doubles);
            assertThat(Vectors.toDoubles(doubles)).containsExactly(0.1f);
            INDArray floats = Memory.vector(DataType.FLOAT, 1);
            SafetensorsArrays.read(file, "doubles", floats);
            assertThat(Vectors.toDoubles(floats)).containsExactly(0.1f);
        }
    }

    @Test
    void anArrayOfAnotherLengthIsRefused() throws IOException {
        Path path = written(Map.of(), Map.of("a", TestArrays.vector(DataType.FLOAT, 1, 2)));

        try (Safetensors file = Safetensors.open(path)) {
            INDArray three = Memory.vector(DataType.FLOAT, 3);
            assertThatThrownBy(() -> SafetensorsArrays.read(file, "a", three))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 2 elements");
        }
    }

    @Test
    void aTensorOfAnotherTypeIsRefused() throws IOException {
        byte[] json =
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}".getBytes(StandardCharsets.US_ASCII);
        Path path = Files.write(
                directory.resolve("x.safetensors"),
                ByteBuffer.allocate(8 + json.length + 4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());

        try (Safetensors file = Safetensors.open(path)) {
            INDArray two = Memory.vector(DataType.FLOAT, 2);
            assertThatThrownBy(() -> SafetensorsArrays.read(file, "a", two))
                    .hasMessageContainingAll("\"a\" is BF16", "F32 or F64", "float()");
            assertThatThrownBy(() -> SafetensorsArrays.read(file, "b", two))
                    .hasMessageContainingAll("no tensor \"b\"", "[a]");
        }
    }
}
