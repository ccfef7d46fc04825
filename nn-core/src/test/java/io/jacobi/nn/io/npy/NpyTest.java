package io.jacobi.nn.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.files.npy.NpyBytes;
import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays as numpy's files. Those that numpy made are in src/test/resources/numpy; ours stay in target/numpy-files, for
 * reference/read_numpy.py to read.
 */
class NpyTest {

    static final Path NUMPY = Path.of("src", "test", "resources", "numpy");
    static final Path FILES = Path.of("target", "numpy-files");

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeAPlaceForOurs() throws IOException {
        Files.createDirectories(FILES);
    }

    /** 0.75 i − 5 at element i in 'c' order, as in every file. */
    static double[] numbers(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 0.75 * i - 5).toArray();
    }

    /** 37 i − 100 at element i. */
    static int[] integers(int count) {
        return IntStream.range(0, count).map(i -> 37 * i - 100).toArray();
    }

    static INDArray array(DataType type, long... shape) {
        return TestArrays.of(type, numbers((int) Shape.of(shape).size()), shape);
    }

    /** An array whose elements have that order in memory, and are the same. */
    static INDArray fortran(INDArray array) {
        return array.dup('f');
    }

    private static String name(INDArray array) {
        return (array.dataType() == DataType.FLOAT ? "f4_" : "f8_")
                + Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining("x")) + ".npy";
    }

    private static void assertSame(INDArray read, INDArray written) {
        assertThat(read.dataType()).isEqualTo(written.dataType());
        assertThat(read.shape()).isEqualTo(written.shape());
        assertThat(Vectors.toDoubles(read)).isEqualTo(numbers((int) written.length()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersionOfTheFormat(int version) throws IOException {
        assertSame(Npy.read(NUMPY.resolve("version_" + version + ".npy")), array(DataType.FLOAT, 2, 3, 4));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void whatIsWrittenComesBack(DataType type) throws IOException {
        for (INDArray array : new INDArray[] {
            array(type, 7),
            array(type, 3, 1),
            array(type, 2, 3, 4),
            // longer than one piece
            array(type, 30, 1001)
        }) {
            Path file = FILES.resolve(name(array));
            Npy.write(file, array);
            assertSame(Npy.read(file), array);
        }
    }

    @Test
    void writesViewsAndFortranOrderAsTheyAreSeen() throws IOException {
        INDArray base = Memory.array(DataType.FLOAT, 5, 8);
        INDArray view = base.get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 8));
        view.assign(array(DataType.FLOAT, view.shape()));
        INDArray transposed = fortran(array(DataType.DOUBLE, 4, 6));
        INDArray permuted =
                array(DataType.FLOAT, 2, 3, 5).permute(2, 0, 1).dup('c').permute(1, 2, 0);

        for (INDArray array : new INDArray[] {view, transposed, permuted}) {
            assertThat(Span.fits(array)).isFalse();
            Path file = FILES.resolve(name(array));
            Npy.write(file, array);
            assertSame(Npy.read(file), array);
        }
    }

    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path file = directory.resolve("x.npy");

        Npy.write(file, array(DataType.FLOAT, 2, 3, 4));

        assertThat(file).hasSameBinaryContentAs(NUMPY.resolve("version_1.npy"));
    }

    @Test
    void labelsComeBackAsIntegers() throws IOException {
        Path file = FILES.resolve("i4_300.npy");

        Npy.write(file, integers(300));

        assertThat(Npy.readInts(file)).isEqualTo(integers(300));
        assertThat(Npy.readInts(NUMPY.resolve("labels.npy"))).isEqualTo(integers(7));
        assertThat(Vectors.toDoubles(Npy.read(file)))
                .isEqualTo(Arrays.stream(integers(300)).asDoubleStream().toArray());
    }

    @Test
    void keepsEveryBitOfADouble() throws IOException {
        double[] values = {Double.MIN_VALUE, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Math.PI, Double.MAX_VALUE};
        Path file = directory.resolve("x.npy");

        Npy.write(file, TestArrays.vector(DataType.DOUBLE, values));

        assertThat(Vectors.toDoubles(Npy.read(file))).isEqualTo(values);
    }

    @Test
    void integersThatADoubleOrAnIntCannotHoldAreRefusedAndNotRounded() throws IOException {
        Path file = directory.resolve("x.npy");

        Files.write(file, NpyBytes.of("<i8", false, "(2,)", 5, (1L << 53) + 1));
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(NpyFormatException.class)
                .hasMessage(file + ": element 1 is 9007199254740993"
                        + "\n  expected integers up to 2^53, which a double represents exactly"
                        + "\n  fix: call array.astype('<f8'), which rounds them, before numpy.save");
        Files.write(file, NpyBytes.of("<i8", false, "(2,)", 5, -(1L << 53)));
        assertThat(Vectors.toDoubles(Npy.read(file))).containsExactly(5, -0x1p53);
        assertThatThrownBy(() -> Npy.readInts(file))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContaining("element 1 is -9007199254740992");
        Files.write(file, NpyBytes.of("<f8", false, "(1,)", 0));
        assertThatThrownBy(() -> Npy.readInts(file))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContaining("its elements are f8");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path file = directory.resolve("x.npy");
        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(NoSuchFileException.class);

        Files.writeString(file, "a,b\n1,2\n");
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(NpyFormatException.class)
                .hasMessage(file + ": it does not begin like a .npy file"
                        + "\n  expected the bytes 93 4e 55 4d 50 59"
                        + "\n  fix: write the file with numpy.save");
    }

    @Test
    void refusesAFileThatIsCutAnywhereOrHasMore() throws IOException {
        byte[] whole = NpyBytes.of(">i8", true, "(2, 2)", 1, 2, 3, 4);
        Path file = directory.resolve("x.npy");
        for (int length = 0; length <= whole.length + 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            if (length == whole.length) {
                assertThat(Npy.readInts(file)).containsExactly(1, 3, 2, 4);
            } else {
                assertThatThrownBy(() -> Npy.read(file))
                        .as("cut to %d bytes", length)
                        .isInstanceOf(NpyFormatException.class);
            }
        }
    }

    @Test
    void refusesToWriteWhatItCouldNotRead() {
        Path file = directory.resolve("x.npy");

        assertThatThrownBy(() -> Npy.write(file)).hasMessageContaining("no integers");
        assertThatThrownBy(() -> Npy.write(file, Memory.vector(DataType.FLOAT, 0)))
                .hasMessageContaining("at least one element");
        assertThatThrownBy(() -> Npy.write(file, array(DataType.FLOAT, 3).castTo(DataType.INT32)))
                .hasMessageContainingAll("INT", "castTo");
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAnOldFileAloneWhenItCannotWrite() {
        assertThatThrownBy(() -> Npy.write(directory.resolve("no/such/place.npy"), integers(3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write");
    }
}
