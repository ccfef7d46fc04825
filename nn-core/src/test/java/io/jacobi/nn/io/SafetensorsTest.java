package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.SafetensorsHeader;
import io.jacobi.nn.files.TensorInfo;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The container: what is written is read, and what is not of the format is refused. */
@Timeout(60)
class SafetensorsTest {

    private static final long MAX_BYTES = 64L << 20;

    @TempDir
    private Path directory;

    private Path file(String header, int dataLength) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return file(json.length, json, dataLength);
    }

    private Path file(long length, byte[] json, int dataLength) throws IOException {
        return Files.write(
                directory.resolve("x.safetensors"),
                ByteBuffer.allocate(8 + json.length + dataLength)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .put(json)
                        .array());
    }

    @Test
    void tensorsAndTextsComeBack() throws IOException {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        // longer than one piece, and of both types
        tensors.put("long", TestArrays.normal(DataType.DOUBLE, 1, 3, 9000));
        tensors.put("special", TestArrays.vector(DataType.FLOAT, -0.0, Double.NaN, Float.MIN_VALUE, 1.0 / 0));
        tensors.put("scalar", TestArrays.of(DataType.FLOAT, new double[] {3}));
        Path path = directory.resolve("x.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            SafetensorsArrays.write(out, Map.of("kéy", "välue\u0000"), tensors);
        }

        try (Safetensors file = Safetensors.open(path)) {
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
    void tensorsBeginAtAMultipleOfEightBytes() throws IOException {
        for (int n = 1; n <= 8; n++) {
            Path path = directory.resolve("x.safetensors");
            try (OutputStream out = Files.newOutputStream(path)) {
                SafetensorsArrays.write(out, Map.of("a".repeat(n), ""), Map.of());
            }
            assertThat(Files.size(path) % 8).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "                                                                         | does not begin with {",
                "[]                                                                       | does not begin with {",
                "{} x                                                                     | not the JSON",
                "{} {}                                                                    | something follows",
                "{\"a\":1}                                                                | a is VALUE_NUMBER_INT",
                "{\"a\":{}}                                                               | something is missing",
                "{\"__metadata__\":{\"a\":1}}                                             | __metadata__.a is",
                "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}                               | Duplicate",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"b\":1}} | it has a \"b\"",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}         | the dtype is \"F31\"",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}        | none negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}       | whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}         | 8 bytes for F32 [2]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}         | from 4 to 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}           | two offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}         | take 0 bytes",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}         | take 8 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}         | begins at byte 1",
                // 2^62 · 4 and 2^32 · 2^32 · 4 are 0 to who does not look
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}  | fewer than 2^63",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | fewer than 2^63",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,4]}}   | out of range",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}        | begins at byte 0"
            })
    void refusesAHeaderThatIsNotWhatItShouldBe(String header, String problem) throws IOException {
        Path path = file(header == null ? "" : header, 4);

        assertThatThrownBy(() -> Safetensors.open(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContainingAll(problem, "expected", "fix: ");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        byte[] json = "{\"__metadata__\":{\"?\":\"\"}}".getBytes(StandardCharsets.US_ASCII);
        json[18] = (byte) 0xC3;
        Path path = file(json.length, json, 0);

        assertThatThrownBy(() -> Safetensors.open(path)).isInstanceOf(ModelFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807", "-9223372036854775808", "3", "4294967298"})
    void neverAllocatesByALengthThatTheFileDoesNotHave(long length) throws IOException {
        Path path = file(length, "{}".getBytes(StandardCharsets.US_ASCII), 0);

        assertThatThrownBy(() -> Safetensors.open(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("its header would have " + Long.toUnsignedString(length) + " bytes");
    }

    static List<String> largest() {
        int max = SafetensorsHeader.MAX_BYTES;
        return List.of(
                many("\"%x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},", max),
                "{\"__metadata__\":" + many("\"%x\":\"\",", max - 100) + "}",
                "{\"a\":" + "[".repeat(max - 10),
                "{\"a\":".repeat(max / 5),
                "{\"" + "a".repeat(max - 10) + "\":1}",
                "{\"__metadata__\":{\"a\":\"" + "a".repeat(max - 100) + "\"}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(max / 2 - 100) + "1],\"data_offsets\":[0,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1".repeat(max - 100) + "],\"data_offsets\":[0,0]}}");
    }

    private static String many(String pattern, int length) {
        int each = String.format(pattern, 0xFFFFF).length();
        String members = IntStream.range(0, length / each)
                .mapToObj(i -> String.format(pattern, i))
                .collect(Collectors.joining());
        return "{" + members.substring(0, members.length() - 1) + "}";
    }

    @ParameterizedTest
    @MethodSource("largest")
    void theWorstHeaderOfTheLargestSizeTakesBoundedMemory(String header) throws IOException {
        Path path = file(header, 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> Safetensors.open(path)).isInstanceOf(ModelFormatException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
    }

    @Test
    void tellsATypeThatItDoesNotTake() throws IOException {
        Path path = file("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4);

        try (Safetensors file = Safetensors.open(path)) {
            INDArray two = Memory.vector(DataType.FLOAT, 2);
            assertThatThrownBy(() -> SafetensorsArrays.read(file, "a", two))
                    .hasMessageContainingAll("\"a\" is BF16", "F32 or F64", "float()");
            assertThatThrownBy(() -> SafetensorsArrays.read(file, "b", two))
                    .hasMessageContainingAll("no tensor \"b\"", "[a]");
        }
    }
}
