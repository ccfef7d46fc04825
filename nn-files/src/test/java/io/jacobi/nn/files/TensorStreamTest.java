package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of one tensor: a reader gets all of them, and no byte of another tensor. */
class TensorStreamTest {

    @TempDir
    private Path directory;

    private Path written() throws IOException {
        return new TestTensors()
                .add("first", 1, 2, 3)
                .add("empty")
                .add("last", -4)
                .write(directory.resolve("x.safetensors"), Map.of());
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    @Test
    void readsTensorsInAnyOrder() throws IOException {
        try (Safetensors file = Safetensors.open(written())) {
            file.read("last", 1, in -> assertThat(floats(in.readAllBytes())).containsExactly(-4));
            file.read("first", 3, in -> assertThat(floats(in.readAllBytes())).containsExactly(1, 2, 3));
            file.read("first", 3, in -> assertThat(floats(in.readAllBytes())).containsExactly(1, 2, 3));
            file.read("empty", 0, in -> assertThat(in.readAllBytes()).isEmpty());
        }
    }

    @Test
    void endsWhereTheTensorEnds() throws IOException {
        try (Safetensors file = Safetensors.open(written())) {
            file.read("first", 3, in -> {
                byte[] bytes = new byte[20];
                assertThat(in.read(bytes, 5, 0)).isZero();
                assertThat(in.read(bytes, 5, 8)).isEqualTo(8);
                assertThat(in.read(bytes, 0, 20)).isEqualTo(4);
                assertThat(bytes).startsWith(0, 0, 0x40, 0x40, 0);
                assertThat(in.read(bytes, 0, 20)).isEqualTo(-1);
                assertThat(in.read(bytes, 0, 0)).isZero();
                assertThat(in.read()).isEqualTo(-1);
            });
        }
    }

    @Test
    void readsSingleBytesWithoutSign() throws IOException {
        try (Safetensors file = Safetensors.open(written())) {
            file.read("last", 1, in -> {
                assertThat(in.read()).isZero();
                assertThat(in.read()).isZero();
                assertThat(in.read()).isEqualTo(0x80);
                assertThat(in.read()).isEqualTo(0xC0);
                assertThat(in.read()).isEqualTo(-1);
            });
        }
    }

    @Test
    void aReaderThatStopsEarlyOrClosesTheStreamLeavesTheFileOpen() throws IOException {
        try (Safetensors file = Safetensors.open(written())) {
            file.read("first", 3, in -> {
                assertThat(in.readNBytes(5)).hasSize(5);
                in.close();
            });
            file.read("last", 1, in -> assertThat(floats(in.readAllBytes())).containsExactly(-4));
        }
    }

    @Test
    void aFileThatIsTruncatedWhileItIsOpenGivesNoZeros() throws IOException {
        Path path = written();
        try (Safetensors file = Safetensors.open(path);
                RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
            other.setLength(Files.size(path) - 2);

            assertThatThrownBy(() -> file.read("last", 1, in -> in.readAllBytes()))
                    .isInstanceOf(EOFException.class)
                    .hasMessageStartingWith(path + " became shorter while it was read\n  expected");
            assertThatThrownBy(file::sha256).hasMessageContainingAll(path.toString(), "became shorter", "fix: ");
        }
    }

    @Test
    void refusesAnotherNumberOfElements() throws IOException {
        try (Safetensors file = Safetensors.open(written())) {
            for (long elements : new long[] {0, 2, 4, (1L << 32) + 3}) {
                assertThatThrownBy(() -> file.read("first", elements, TensorStreamTest::mustNotRead))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("into " + elements + " elements", "expected 3 elements");
            }
        }
    }

    @Test
    void refusesATensorThatIsNotThereOrHasAnotherType() throws IOException {
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
            assertThatThrownBy(() -> file.read("a", 2, TensorStreamTest::mustNotRead))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("\"a\" is BF16", "F32 or F64", "float()");
            assertThatThrownBy(() -> file.read("b", 2, TensorStreamTest::mustNotRead))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("no tensor \"b\"", "[a]");
        }
    }

    private static void mustNotRead(InputStream in) {
        throw new AssertionError("read " + in);
    }
}
