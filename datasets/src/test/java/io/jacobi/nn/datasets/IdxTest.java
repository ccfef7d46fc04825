package io.jacobi.nn.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

    private static final int MAGIC = 0x0800;

    @TempDir
    private Path directory;

    static byte[] idx(int magic, int[] dims, int elements) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + elements);
        file.putInt(magic);
        Arrays.stream(dims).forEach(file::putInt);
        for (int i = 0; i < elements; i++) {
            file.put((byte) (i * 51));
        }
        return file.array();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        }
        return zipped.toByteArray();
    }

    private static Idx read(byte[] file) throws IOException {
        return Idx.read(new ByteArrayInputStream(file), "digits");
    }

    @Test
    void readsPlainAndGzippedFilesAlike() throws IOException {
        byte[] plain = idx(MAGIC | 3, new int[] {2, 1, 3}, 6);
        Path file = directory.resolve("images.gz");
        Files.write(file, gzip(plain));

        assertThat(read(plain).shape()).isEqualTo(Shape.of(2, 1, 3));
        assertThat(read(plain).bytes()).containsExactly(0, 51, 102, (byte) 153, (byte) 204, (byte) 255);
        assertThat(Idx.read(file).bytes()).isEqualTo(read(plain).bytes());
        assertThat(Idx.read(file).shape()).isEqualTo(read(plain).shape());
    }

    @Test
    void scalesUnsignedBytes() throws IOException {
        double[] pixels =
                Vectors.toDoubles(read(idx(MAGIC | 1, new int[] {6}, 6)).toArray(1 / 255f));

        assertThat(pixels).usingComparatorWithPrecision(1e-6).containsExactly(0, 0.2, 0.4, 0.6, 0.8, 1);
    }

    @Test
    void convertsMoreThanOneTile() throws IOException {
        Idx idx = read(idx(MAGIC | 1, new int[] {5000}, 5000));
        double[] values = Vectors.toDoubles(idx.toArray(1));

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("element %d", i).isEqualTo(i * 51 & 0xff);
        }
    }

    @Test
    void rejectsAWrongMagicNumber() {
        assertThatThrownBy(() -> read(idx(0x0d03, new int[] {1, 1, 1}, 1)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("digits")
                .hasMessageContaining("0x00000d03")
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> read(idx(0x01000803, new int[] {1, 1, 1}, 1))).isInstanceOf(IdxFormatException.class);
        assertThatThrownBy(() -> read(idx(MAGIC, new int[] {}, 1))).isInstanceOf(IdxFormatException.class);
    }

    @Test
    void rejectsAFileThatIsTruncatedAnywhere() {
        byte[] whole = idx(MAGIC | 2, new int[] {3, 4}, 12);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IdxFormatException.class)
                    .hasMessageContaining("digits");
        }
    }

    @Test
    void rejectsATruncatedOrDamagedGzipStream() throws IOException {
        byte[] zipped = gzip(idx(MAGIC | 1, new int[] {500}, 500));
        byte[] damaged = zipped.clone();
        damaged[zipped.length - 6] ^= 1;

        assertThatThrownBy(() -> read(Arrays.copyOf(zipped, zipped.length / 2))).isInstanceOf(IdxFormatException.class);
        assertThatThrownBy(() -> read(damaged)).isInstanceOf(IdxFormatException.class);
    }

    @Test
    void rejectsBytesAfterTheEnd() {
        assertThatThrownBy(() -> read(idx(MAGIC | 1, new int[] {4}, 5)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("after the last element");
    }

    @Test
    void rejectsDimensionsThatOverflow() {
        assertThatThrownBy(() -> read(idx(MAGIC | 3, new int[] {1 << 16, 1 << 16, 1 << 16}, 0)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("overflow");
        assertThatThrownBy(() -> read(idx(MAGIC | 2, new int[] {-1, 5}, 0)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("dimension 0 is -1");
        assertThatThrownBy(() -> read(idx(MAGIC | 1, new int[] {0}, 0))).isInstanceOf(IdxFormatException.class);
    }

    @Test
    void allocatesNothingForALengthBeforeTheBytesArrive() {
        // the header declares two gigabytes; four bytes follow
        assertThatThrownBy(() -> read(idx(MAGIC | 1, new int[] {Integer.MAX_VALUE - 8}, 4)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("ends after 4 elements");
    }
}
