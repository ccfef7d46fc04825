package io.jacobi.nn.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MnistTest {

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte, ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "train-labels-idx1-ubyte, 65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "t10k-images-idx3-ubyte, 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "t10k-labels-idx1-ubyte, ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
    })
    void isTheOriginal(String file, String sha256) throws IOException, NoSuchAlgorithmException {
        try (InputStream zipped = Mnist.class.getResourceAsStream("mnist/" + file + ".gz")) {
            assertThat(zipped).as("the bundled %s", file).isNotNull();
            byte[] content = new GZIPInputStream(zipped).readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
        }
    }

    @Test
    void isShippedWithItsAttribution() {
        assertThat(Mnist.class.getResource("mnist/ATTRIBUTION.md")).isNotNull();
    }

    @Test
    void hasSixtyThousandAndTenThousandDigits() {
        assertThat(Mnist.train().size()).isEqualTo(60_000);
        assertThat(Mnist.test().size()).isEqualTo(10_000);
        assertThat(Mnist.train().features()).isEqualTo(Shape.of(784));
        assertThat(Mnist.train().target()).isEqualTo(Shape.of());
    }

    @Test
    void isLoadedOnce() {
        assertThat(Mnist.train()).isSameAs(Mnist.train());
        assertThat(Mnist.test()).isSameAs(Mnist.test());
    }

    @Test
    void startsWithTheKnownLabels() {
        // the first digits of each set, as tutorials show them
        assertThat(labels(Mnist.train(), 10)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(labels(Mnist.test(), 10)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    }

    @Test
    void hasTheKnownMeanAndDeviation() {
        // PyTorch's examples normalize with 0.1307 and 0.3081
        ArrayDataset data = Mnist.train();
        int count = data.size();
        INDArray x = Memory.array(DataType.FLOAT, count, 784);
        INDArray y = Memory.vector(DataType.FLOAT, count);
        data.read(IntStream.range(0, count).toArray(), 0, count, x, y);
        double[] pixels = Vectors.toDoubles(x);
        double mean = Arrays.stream(pixels).average().orElseThrow();
        double variance = Arrays.stream(pixels)
                .map(p -> (p - mean) * (p - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(0.13065, 0.13075);
        assertThat(Math.sqrt(variance)).isBetween(0.30805, 0.30815);
    }

    private static int[] labels(ArrayDataset data, int count) {
        INDArray x = Memory.array(DataType.FLOAT, count, 784);
        INDArray y = Memory.vector(DataType.FLOAT, count);
        data.read(IntStream.range(0, count).toArray(), 0, count, x, y);
        return Arrays.stream(Vectors.toDoubles(y))
                .mapToInt(label -> (int) label)
                .toArray();
    }
}
