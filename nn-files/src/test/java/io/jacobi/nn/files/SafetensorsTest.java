package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

/** The container: a file comes back as it was written, and a file of another format is refused. */
@Timeout(60)
class SafetensorsTest {

    private static final long MAX_BYTES = 64L << 20;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("x.safetensors");
    }

    private Path file(String header, int dataLength) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return file(json.length, json, dataLength);
    }

    private Path file(long length, byte[] json, int dataLength) throws IOException {
        return Files.write(
                file(),
                ByteBuffer.allocate(8 + json.length + dataLength)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .put(json)
                        .array());
    }

    @Test
    void tensorsAndTextsComeBack() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("kéy", "välue\u0000");
        metadata.put("", "\"\\\n");
        TestTensors tensors = new TestTensors().add("a", 1, 2).add("empty").add("b", 3);
        tensors.write(file(), metadata);

        try (Safetensors file = Safetensors.open(file())) {
            assertThat(file.path()).isEqualTo(file());
            assertThat(file.metadata()).isEqualTo(metadata);
            assertThat(file.metadata().keySet()).containsExactly("kéy", "");
            assertThat(file.tensors())
                    .containsExactly(
                            new TensorInfo("a", TensorType.F32, List.of(2L), 0, 8),
                            new TensorInfo("empty", TensorType.F32, List.of(0L), 8, 8),
                            new TensorInfo("b", TensorType.F32, List.of(1L), 8, 12));
            assertThat(file.find("b")).contains(file.tensors().get(2));
            assertThat(file.find("c")).isEmpty();
            assertThat(file.sha256()).isEqualTo(tensors.sha256());
            assertThat(file).hasToString(file() + " [a, empty, b]");
        }
    }

    /** The digits are those of {@code printf '\x00\x00\x80\x3f' | sha256sum}. */
    @Test
    void theHashCoversTheBytesOfTheTensors() throws IOException {
        TestTensors one = new TestTensors().add("a", 1);

        assertThat(one.sha256()).isEqualTo("e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c");
        assertThat(new TestTensors().add("b", 1).sha256()).isEqualTo(one.sha256());
        assertThat(new TestTensors().add("a", -1).sha256()).isNotEqualTo(one.sha256());
    }

    @Test
    void tensorsBeginAtAMultipleOfEightBytes() throws IOException {
        for (int n = 1; n <= 8; n++) {
            Path path = new TestTensors().write(file(), Map.of("a".repeat(n), ""));
            assertThat(Files.size(path) % 8).isZero();
        }
    }

    @Test
    void refusesToWriteAHeaderThatNoReaderTakes() {
        TestTensors tensors = new TestTensors().add("a", 1);

        assertThatThrownBy(() -> tensors.write(file(), Map.of("a", "b".repeat(SafetensorsHeader.MAX_BYTES))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("the header would have", "at most 2097152", "less metadata");
        assertThatThrownBy(() -> tensors.write(file(), Map.of("a", "\ud800")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("half of a surrogate pair", "UTF-8");
        assertThatThrownBy(() -> tensors.write(file(), Map.of("\udc00", "")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("half of a surrogate pair");
    }

    @Test
    void opensOnlyFiles() {
        assertThatThrownBy(() -> Safetensors.open(file()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll("x.safetensors", "there is no such file");
        assertThatThrownBy(() -> Safetensors.open(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(directory + " is not a file", "the path of a .safetensors file");
    }

    @Test
    void refusesAFileWithoutALength() throws IOException {
        for (int length = 0; length < 8; length++) {
            Files.write(file(), new byte[length]);
            assertThatThrownBy(() -> Safetensors.open(file()))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("it has " + length + " bytes", "at least the 8 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "                                                                         | does not begin with {",
                "[]                                                                       | does not begin with {",
                "{} x                                                                     | the JSON cannot be read",
                "{} {}                                                                    | there is data after",
                "{\"a\":1}                                                                | a is VALUE_NUMBER_INT",
                "{\"a\":{}}                                                               | or an offset is missing",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}                         | or an offset is missing",
                "{\"__metadata__\":{\"a\":1}}                                             | __metadata__.a is",
                "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}                               | Duplicate",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"b\":1}} | unknown field \"b\"",
                "{\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}              | dtype is VALUE_NUMBER",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}         | the dtype is \"F31\"",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}           | shape is VALUE_NUMBER_INT",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}        | none negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}       | whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}         | 8 bytes for F32 [2]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}         | from 4 to 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}           | two offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}       | at most 2 numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}         | take 0 bytes",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}         | take 8 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}         | begins at byte 1",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[1,0]}}  | from 1 to 0",
                // without an overflow check, 2^62 · 4 and 2^32 · 2^32 · 4 are 0
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}  | fewer than 2^63",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | fewer than 2^63",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,4]}}   | out of range",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}        | begins at byte 0"
            })
    void refusesAMalformedHeader(String header, String problem) throws IOException {
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
    void refusesAHeaderThatIsLongerThanTheFile(long length) throws IOException {
        Path path = file(length, "{}".getBytes(StandardCharsets.US_ASCII), 0);

        assertThatThrownBy(() -> Safetensors.open(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("its header would have " + Long.toUnsignedString(length) + " bytes");
    }

    @Test
    void refusesAHeaderThatIsLongerThanTheLimit() throws IOException {
        int length = SafetensorsHeader.MAX_BYTES + 1;
        Path path = file(length, new byte[length], 0);

        assertThatThrownBy(() -> Safetensors.open(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("its header would have 2097153 bytes", "at most 2097152");
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
}
