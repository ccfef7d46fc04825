package io.jacobi.nn.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.files.npy.NpyFormatException;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Thousands of damaged and malicious files. Each is refused in bounded memory, or is an array with the same number of
 * bytes.
 */
@Timeout(300)
class NpyFuzzTest {

    /** The number of refused files of each kind. There are eight kinds for .npy and four for .npz. */
    private static final int FILES = 700;

    private static final long MAX_BYTES = 64L << 20;

    private static final int ROWS = 6;
    private static final int COLUMNS = 5;

    @TempDir
    private Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads a file. */
    @FunctionalInterface
    private interface Reading {
        INDArray read(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedNpyIsRefused(NpyMutation mutation) throws IOException {
        Path file = directory.resolve("x.npy");
        Npy.write(file, NpyTest.array(DataType.FLOAT, ROWS, COLUMNS));
        int data = ROWS * COLUMNS * Float.BYTES;

        damage(file, mutation, Npy::read, array -> {
            assertThat(mutation.isAlwaysWrong()).isFalse();
            assertThat(array.length() * array.dataType().width()).isEqualTo(data);
        });
    }

    /** A zip has a checksum, so an array that is read is the array that was written. */
    @ParameterizedTest
    @EnumSource(names = {"TRUNCATED", "FLIPPED", "SCRATCHED", "NOISE"})
    void aDamagedNpzIsRefused(NpyMutation mutation) throws IOException {
        Path file = directory.resolve("x.npz");
        new NpzWriter().put("x", NpyTest.array(DataType.FLOAT, ROWS, COLUMNS)).save(file);

        damage(file, mutation, NpyFuzzTest::readFromZip, array -> {
            assertThat(mutation.isAlwaysWrong()).isFalse();
            assertThat(array.shape()).containsExactly(ROWS, COLUMNS);
            assertThat(Vectors.toDoubles(array)).isEqualTo(NpyTest.numbers(ROWS * COLUMNS));
        });
    }

    private static INDArray readFromZip(Path path) throws IOException {
        try (Npz file = Npz.open(path)) {
            return file.read("x");
        }
    }

    private void damage(Path file, NpyMutation mutation, Reading reading, Consumer<INDArray> check) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(mutation.name().hashCode());
        int refused = 0;
        for (int i = 0; refused < FILES; i++) {
            assertThat(i).as("files of which %d were refused", refused).isLessThan(4 * FILES);
            Files.write(file, mutation.apply(whole, random));
            long before = threads.getCurrentThreadAllocatedBytes();
            try (INDArray array = reading.read(file)) {
                check.accept(array);
            } catch (NpyFormatException e) {
                assertThat(e).hasMessageContainingAll(file.toString(), "\n  expected ", "\n  fix: ");
                refused++;
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for %s %d", mutation, i)
                    .isLessThan(MAX_BYTES);
        }
    }
}
