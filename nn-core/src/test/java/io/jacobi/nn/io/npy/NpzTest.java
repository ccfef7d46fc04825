package io.jacobi.nn.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.files.npy.NpyBytes;
import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays by name in a zip. */
class NpzTest {

    @TempDir
    private Path directory;

    private Path zip(String name, byte[] content) throws IOException {
        Path file = directory.resolve("x.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return file;
    }

    private static double[] expected(String type, int count) {
        return switch (type.charAt(0)) {
            case 'f' -> NpyTest.numbers(count);
            case 'i' -> Arrays.stream(NpyTest.integers(count)).asDoubleStream().toArray();
            default -> IntStream.range(0, count).mapToDouble(i -> 51 * i % 256).toArray();
        };
    }

    /** Nine types, each in both orders of elements. */
    @ParameterizedTest
    @ValueSource(strings = {"stored", "deflated"})
    void readsEveryTypeThatNumpyWrites(String kind) throws IOException {
        try (Npz file = Npz.open(NpyTest.NUMPY.resolve(kind + ".npz"))) {
            assertThat(file.names()).hasSize(22);
            for (String name : file.names().subList(0, 18)) {
                String type = name.substring(0, 2);
                INDArray array = file.read(name);

                assertThat(array.dataType())
                        .as(name)
                        .isEqualTo(type.equals("f4") || type.equals("u1") ? DataType.FLOAT : DataType.DOUBLE);
                assertThat(array.shape()).as(name).containsExactly(2, 3, 4);
                assertThat(Vectors.toDoubles(array)).as(name).isEqualTo(expected(type, 24));
                if (!type.startsWith("f")) {
                    assertThat(Arrays.stream(file.readInts(name)).asDoubleStream())
                            .as(name)
                            .containsExactly(
                                    Arrays.stream(expected(type, 24)).boxed().toArray(Double[]::new));
                }
            }
        }
    }

    @Test
    void readsEveryShapeThatNumpyWrites() throws IOException {
        try (Npz file = Npz.open(NpyTest.NUMPY.resolve("stored.npz"))) {
            assertThat(file.read("scalar").shape()).isEmpty();
            assertThat(Vectors.toDoubles(file.read("scalar"))).containsExactly(-5);
            assertThat(file.read("vector").shape()).containsExactly(5);
            assertThat(Vectors.toDoubles(file.read("vector"))).isEqualTo(NpyTest.numbers(5));
            double[] x = NpyTest.numbers(24);
            assertThat(file.read("transposed").shape()).containsExactly(3, 4);
            assertThat(Vectors.toDoubles(file.read("transposed")))
                    .containsExactly(x[0], x[3], x[6], x[9], x[1], x[4], x[7], x[10], x[2], x[5], x[8], x[11]);
            assertThat(file.read("strided").shape()).containsExactly(3, 2);
            assertThat(Vectors.toDoubles(file.read("strided"))).containsExactly(x[1], x[3], x[9], x[11], x[17], x[19]);
        }
    }

    @Test
    void whatIsWrittenComesBackUnderItsName() throws IOException {
        Files.createDirectories(NpyTest.FILES);
        Path path = NpyTest.FILES.resolve("all.npz");

        new NpzWriter()
                .put("f8_2x3", NpyTest.array(DataType.DOUBLE, 2, 3))
                .put("f4_5x4", NpyTest.fortran(NpyTest.array(DataType.FLOAT, 5, 4)))
                .put("i4_9", NpyTest.integers(9))
                .save(path);

        try (Npz file = Npz.open(path)) {
            assertThat(file.names()).containsExactly("f8_2x3", "f4_5x4", "i4_9");
            assertThat(Vectors.toDoubles(file.read("f8_2x3"))).isEqualTo(NpyTest.numbers(6));
            assertThat(Vectors.toDoubles(file.read("f4_5x4"))).isEqualTo(NpyTest.numbers(20));
            assertThat(file.readInts("i4_9")).isEqualTo(NpyTest.integers(9));
            assertThat(file).hasToString(path + " [f8_2x3, f4_5x4, i4_9]");
        }
    }

    @Test
    void theSameArraysGiveTheSameBytes() throws IOException {
        NpzWriter writer = new NpzWriter().put("x", NpyTest.array(DataType.FLOAT, 20, 30));
        writer.save(directory.resolve("a.npz"));
        writer.save(directory.resolve("b.npz"));

        assertThat(directory.resolve("b.npz")).hasSameBinaryContentAs(directory.resolve("a.npz"));
    }

    @Test
    void trainingDataBecomeADataset() throws IOException {
        Path path = directory.resolve("digits.npz");
        new NpzWriter()
                .put("x_train", NpyTest.array(DataType.FLOAT, 3, 4))
                .put("y_train", 2, 0, 1)
                .save(path);

        try (Npz file = Npz.open(path)) {
            ArrayDataset train = ArrayDataset.of(file.read("x_train"), file.read("y_train"));

            assertThat(train.size()).isEqualTo(3);
            assertThat(train.features().dims()).containsExactly(4);
            assertThat(train.target().rank()).isZero();
        }
    }

    @Test
    void refusesAnUnknownNameAndANameThatIsInUse() throws IOException {
        assertThatThrownBy(() -> Npz.open(directory.resolve("no.npz"))).isInstanceOf(NoSuchFileException.class);
        Path path = zip("x.npy", NpyBytes.of("<f8", false, "(1,)", 0));
        try (Npz file = Npz.open(path)) {
            assertThatThrownBy(() -> file.read("y"))
                    .isInstanceOf(NpyFormatException.class)
                    .hasMessage(path + " has no array \"y\"\n  expected one of [x]\n  fix: check the name");
        }
        assertThatThrownBy(() -> new NpzWriter().put("x", 1).put("x", 2))
                .hasMessageContaining("already an array \"x\"");
    }

    @Test
    void ignoresEntriesThatAreNotArrays() throws IOException {
        try (Npz file = Npz.open(zip("readme.txt", new byte[3]))) {
            assertThat(file.names()).isEmpty();
        }
    }

    @Test
    void refusesAFileThatIsNotAZip() throws IOException {
        Path file = Files.writeString(directory.resolve("x.npz"), "PK and so on");

        assertThatThrownBy(() -> Npz.open(file))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContainingAll("is not a complete zip", "expected", "fix: ");
    }

    /** 200 MB of zeros in 200 kB are refused because of their length, and never unpacked. */
    @Test
    void unpacksNoMoreThanTheArrayThatAHeaderDeclares() throws IOException {
        byte[] header = NpyBytes.of("<f8", false, "(1,)", 0);
        try (Npz file = Npz.open(zip("x.npy", Arrays.copyOf(header, 200_000_000)))) {
            assertThatThrownBy(() -> file.read("x"))
                    .isInstanceOf(NpyFormatException.class)
                    .hasMessageContaining("bytes of elements");
        }
    }

    /** The zip and the header agree on four gigabytes, to which a hundred bytes cannot unpack. */
    @Test
    void refusesALengthThatDeflatingCannotReach() throws IOException {
        byte[] npy = NpyBytes.of("<f4", false, "(1000000000,)");
        Path path = zip("x.npy", npy);
        byte[] bytes = Files.readAllBytes(path);
        int directoryEntry = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
        long claimed = npy.length + 4_000_000_000L;
        for (int i = 0; i < 4; i++) {
            bytes[directoryEntry + 24 + i] = (byte) (claimed >> (8 * i));
        }
        Files.write(path, bytes);

        try (Npz file = Npz.open(path)) {
            assertThatThrownBy(() -> file.read("x"))
                    .isInstanceOf(NpyFormatException.class)
                    .hasMessageContaining("it would unpack");
        }
    }

    private static int indexOf(byte[] bytes, byte[] pattern) {
        return IntStream.range(0, bytes.length)
                .filter(i -> i + pattern.length <= bytes.length
                        && Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length))
                .findFirst()
                .orElseThrow();
    }

    /** zip x.npz x, without the name that numpy gives to an array. */
    @Test
    void readsAnEntryWithoutNpyAsNumpyDoes() throws IOException {
        Path path = zip("x", NpyBytes.of("<f8", false, "(1,)", Double.doubleToLongBits(2.5)));
        try (Npz file = Npz.open(path)) {
            assertThat(Vectors.toDoubles(file.read("x"))).containsExactly(2.5);
            assertThatThrownBy(() -> file.read("y"))
                    .hasMessageContainingAll("no array \"y\"", "one of []; there are also [x], without .npy");
        }
    }

    @Test
    @Timeout(20)
    void refusesPipesAndDirectories() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> Npz.open(pipe))
                .hasMessage(pipe + " is not a file: it is a pipe or a device\n  expected an .npz file"
                        + "\n  fix: give the path of an .npz file");
        assertThatThrownBy(() -> Npy.read(pipe))
                .hasMessageContaining(pipe + " is not a file: it is a pipe or a device");
        assertThatThrownBy(() -> Npy.readInts(directory))
                .hasMessageContaining(directory + " is not a file: it is a dir");
        assertThatThrownBy(() -> Npy.read(directory.resolve("no"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anInterruptDoesNotEndTheReading() throws IOException {
        Path npy = directory.resolve("x.npy");
        Npy.write(npy, 1, 2, 3);
        Path npz = zip("x.npy", Files.readAllBytes(npy));
        Thread.currentThread().interrupt();
        try (Npz file = Npz.open(npz)) {
            assertThat(Npy.readInts(npy)).containsExactly(1, 2, 3);
            assertThat(file.readInts("x")).containsExactly(1, 2, 3);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** 80 MB of zeros in 80 kB, which would become 320 MB of floats or ints. */
    @Test
    void refusesAnArrayThatTakesSuspiciouslyMuchMemory() throws IOException {
        byte[] header = NpyBytes.of("{'descr': '|u1', 'fortran_order': False, 'shape': (80000000,)}\n");
        Path path = zip("x.npy", Arrays.copyOf(header, header.length + 80_000_000));

        try (Npz file = Npz.open(path)) {
            for (ThrowingCallable read : List.<ThrowingCallable>of(() -> file.read("x"), () -> file.readInts("x"))) {
                assertThatThrownBy(read)
                        .isInstanceOf(NpyFormatException.class)
                        .hasMessage(path + ", x: it would take 320000000 bytes of memory,"
                                + " which is suspiciously more than the packed file"
                                + "\n  expected at most 268435456 bytes"
                                + "\n  fix: if you trust the file and have the memory: Npz.open(path, 320000000)");
            }
        }
        try (Npz file = Npz.open(path, 320_000_000)) {
            INDArray zeros = file.read("x");
            assertThat(zeros.length()).isEqualTo(80_000_000);
            zeros.close();
        }
    }

    /** The length of the comment, and the offsets of the 64-bit form, are beyond the end of the file. */
    @Test
    void aDamagedDirectoryOfAZipIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(zip("x.npy", NpyBytes.of("<f8", false, "(1,)", 0)));
        Path file = directory.resolve("damaged.npz");
        int end = indexOf(whole, new byte[] {'P', 'K', 5, 6});
        for (int length : new int[] {1, 5, 21, 22, 1000, 65_535}) {
            byte[] bytes = whole.clone();
            bytes[end + 20] = (byte) length;
            bytes[end + 21] = (byte) (length >> Byte.SIZE);
            requireNamed(Files.write(file, bytes));
            if (length > 10) {
                requireNamed(Files.write(file, Arrays.copyOf(bytes, bytes.length + 10)));
            }
        }
        for (long offset : new long[] {1L << 62, Long.MAX_VALUE, -1, 0, 1L << 31, end + 1}) {
            for (long size : new long[] {46, 1L << 62, -1}) {
                ByteBuffer bytes = ByteBuffer.allocate(end + 56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
                bytes.put(whole, 0, end);
                bytes.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
                bytes.putInt(0).putInt(0).putLong(1).putLong(1).putLong(size).putLong(offset);
                bytes.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
                bytes.putInt(0x06054b50).putShort((short) -1).putShort((short) -1);
                bytes.putShort((short) -1)
                        .putShort((short) -1)
                        .putInt(-1)
                        .putInt(-1)
                        .putShort((short) 0);
                requireNamed(Files.write(file, bytes.array()));
            }
        }
    }

    private static void requireNamed(Path file) {
        assertThatThrownBy(() -> {
                    try (Npz npz = Npz.open(file)) {
                        npz.read("x");
                    }
                })
                .isInstanceOf(NpyFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll("expected", "fix: ")
                .hasMessageNotContaining("null");
    }
}
