package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ElementwiseTest {

    private final Scratch scratch = new Scratch();

    private static void square(double[] a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * a[i];
        }
    }

    private static void square(float[] a, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * a[i];
        }
    }

    private static void difference(double[] a, double[] b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] - b[i];
        }
    }

    private static void difference(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] - b[i];
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, Scratch.TILE - 1, Scratch.TILE, Scratch.TILE + 1, 2 * Scratch.TILE, 5000})
    void appliesTheFunctionToEveryElementOnEachPath(int length) {
        double[] a = TestArrays.normals(1, length);
        double[] b = TestArrays.normals(2, length);
        double[] squares = Arrays.stream(a).map(v -> v * v).toArray();
        double[] differences = new double[length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        INDArray x = TestArrays.vector(DataType.DOUBLE, a);
        INDArray z = TestArrays.vector(DataType.DOUBLE, b);
        INDArray y = Memory.vector(DataType.DOUBLE, length);

        Elementwise.map(scratch, x, y, ElementwiseTest::square);
        assertThat(Vectors.toDoubles(y)).as("one array").containsExactly(squares);
        Elementwise.map(scratch, x, z, y, ElementwiseTest::difference);
        assertThat(Vectors.toDoubles(y)).as("two arrays").containsExactly(differences);
        Elementwise.map(scratch, x, y, ElementwiseTest::square, ElementwiseTest::square);
        assertThat(Vectors.toDoubles(y)).as("one array, with a float path").containsExactly(squares);
        Elementwise.map(scratch, x, z, y, ElementwiseTest::difference, ElementwiseTest::difference);
        assertThat(Vectors.toDoubles(y)).as("two arrays, with a float path").containsExactly(differences);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, Scratch.TILE - 1, Scratch.TILE, Scratch.TILE + 1, 2 * Scratch.TILE, 5000})
    void theFloatPathGivesWhatTheDoublePathGivesRounded(int length) {
        INDArray x = TestArrays.normal(DataType.FLOAT, 1, length);
        INDArray z = TestArrays.normal(DataType.FLOAT, 2, length);
        INDArray slow = Memory.vector(DataType.FLOAT, length);
        INDArray fast = Memory.vector(DataType.FLOAT, length);

        // one operation that is rounded once gives identical bits
        Elementwise.map(scratch, x, slow, ElementwiseTest::square);
        Elementwise.map(scratch, x, fast, ElementwiseTest::square, ElementwiseTest::square);
        assertThat(Vectors.toDoubles(fast)).containsExactly(Vectors.toDoubles(slow));

        Elementwise.map(scratch, x, z, slow, ElementwiseTest::difference);
        Elementwise.map(scratch, x, z, fast, ElementwiseTest::difference, ElementwiseTest::difference);
        assertThat(Vectors.toDoubles(fast)).containsExactly(Vectors.toDoubles(slow));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5000})
    void theResultMayBeAnInput(int length) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double[] values = TestArrays.normals(1, length);
            INDArray a = TestArrays.vector(type, values);
            INDArray b = TestArrays.vector(type, values);

            Elementwise.map(scratch, a, a, ElementwiseTest::square, ElementwiseTest::square);
            Elementwise.map(scratch, a, b, b, ElementwiseTest::difference, ElementwiseTest::difference);

            assertThat(Vectors.toDoubles(b))
                    .as("a² − a in %s", type)
                    .containsExactly(
                            Arrays.stream(values).map(v -> v * v - v).toArray(),
                            within(type == DataType.FLOAT ? 1e-5 : 0));
        }
    }

    @Test
    void arraysThatDifferInLengthOrTypeAreRejected() {
        INDArray three = Memory.vector(DataType.FLOAT, 3);
        INDArray four = Memory.vector(DataType.FLOAT, 4);
        INDArray doubles = Memory.vector(DataType.DOUBLE, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Elementwise.map(scratch, three, four, ElementwiseTest::square))
                .withMessageContaining("received 4 floats and 3 floats")
                .withMessageContaining("fix: give both the same length and data type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Elementwise.map(scratch, three, doubles, three, ElementwiseTest::difference))
                .withMessageContaining("received 3 doubles and 3 floats");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Elementwise.map(
                        scratch, three, four, three, ElementwiseTest::difference, ElementwiseTest::difference));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Elementwise.map(scratch, three, doubles, ElementwiseTest::square, ElementwiseTest::square));
    }
}
