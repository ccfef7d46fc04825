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
import org.junit.jupiter.api.Timeout;
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

    @Test
    @Timeout(20)
    void refusesPipesAndDirectories() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> Idx.read(pipe))
                .hasMessage(pipe + " is not a file: it is a pipe or a device\n  expected an IDX file"
                        + "\n  fix: give the path of an IDX file");
        assertThatThrownBy(() -> Idx.read(directory)).hasMessageContaining(directory + " is not a file: it is a dir");
    }

    @Test
    void anInterruptDoesNotEndTheReading() throws IOException {
        Path file = Files.write(directory.resolve("images"), idx(MAGIC | 1, new int[] {3}, 3));
        Thread.currentThread().interrupt();
        try {
            assertThat(Idx.read(file).bytes()).hasSize(3);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** 60 MB of zeros in 60 kB: five bytes for each, here and in the array. */
    @Test
    void refusesAPackedFileThatTakesSuspiciouslyMuchMemory() throws IOException {
        byte[] plain = Arrays.copyOf(idx(MAGIC | 1, new int[] {60_000_000}, 0), 8 + 60_000_000);

        assertThatThrownBy(() -> read(gzip(plain)))
                .isInstanceOf(IdxFormatException.class)
                .hasMessage("digits: its elements would take 300000000 bytes of memory,"
                        + " which is suspiciously more than the packed file"
                        + "\n  expected at most 268435456 bytes"
                        + "\n  fix: if you trust the file and have the memory, unpack it with gunzip");
        assertThat(read(plain).bytes()).hasSize(60_000_000);
    }

    @Test
    void refusesBytesAfterTheGzipStream() throws IOException {
        byte[] zipped = gzip(idx(MAGIC | 1, new int[] {500}, 500));
        for (byte[] garbage : new byte[][] {{0}, {0x1f}, {0x1f, (byte) 0x8c, 8, 0}, new byte[100_000]}) {
            assertThatThrownBy(() -> read(concat(zipped, garbage)))
                    .isInstanceOf(IdxFormatException.class)
                    .hasMessageContainingAll("digits: ", "gzip stream is damaged: there are bytes after its end");
        }
        assertThatThrownBy(() -> read(concat(zipped, new byte[] {0x1f, (byte) 0x8b})))
                .isInstanceOf(IdxFormatException.class)
                .hasMessageContaining("truncated");
    }

    /** gzip a b > c makes two members, and gunzip c gives a and b. */
    @Test
    void readsSeveralMembersAndAHeaderWithEveryField() throws IOException {
        byte[] plain = idx(MAGIC | 1, new int[] {500}, 500);
        byte[] first = gzip(Arrays.copyOf(plain, 100));
        byte[] second = gzip(Arrays.copyOfRange(plain, 100, plain.length));
        assertThat(read(concat(first, second)).bytes()).isEqualTo(read(plain).bytes());

        byte[] whole = gzip(plain);
        byte[] header = Arrays.copyOf(whole, 10);
        header[3] = 2 | 4 | 8 | 16; // a checksum of the header, an extra field, a name and a comment
        byte[] fields = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 0, 1, 2};
        byte[] rest = Arrays.copyOfRange(whole, 10, whole.length);
        assertThat(read(concat(concat(header, fields), rest)).bytes())
                .isEqualTo(read(plain).bytes());
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
