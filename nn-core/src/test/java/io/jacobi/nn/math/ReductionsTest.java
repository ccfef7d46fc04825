package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums over whole arrays. */
class ReductionsTest {

    @ParameterizedTest(name = "{0}, {1} elements")
    @CsvSource({
        "FLOAT, 1", "FLOAT, 3", "FLOAT, 4", "FLOAT, 2048", "FLOAT, 5001",
        "DOUBLE, 1", "DOUBLE, 3", "DOUBLE, 4", "DOUBLE, 2048", "DOUBLE, 5001"
    })
    void everyElementIsCountedOnce(DataType type, int length) {
        INDArray a = Memory.vector(type, length);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = i + 1;
        }
        Vectors.set(a, values);
        double n = length;
        assertThat(Reductions.sumOfSquares(new Scratch(), a)).isCloseTo(n * (n + 1) * (2 * n + 1) / 6, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 2048, 5001})
    void absolutesCountEveryElementOnce(int length) {
        double[] values = new double[length + 1];
        float[] singles = new float[length + 1];
        for (int i = 0; i <= length; i++) {
            // the last element is beyond n
            values[i] = i % 2 == 0 ? i + 1 : -i - 1;
            singles[i] = (float) values[i];
        }
        double expected = length * (length + 1) / 2d;
        assertThat(Reductions.sumOfAbsolutes(values, length)).isEqualTo(expected);
        assertThat(Reductions.sumOfAbsolutes(singles, length)).isEqualTo(expected);
    }

    @Test
    void floatsAreSummedInDouble() {
        // in float, a square of 1e20 is infinite, and adding 1 to 1e8 changes nothing
        INDArray a = Memory.vector(DataType.FLOAT, 2);
        Vectors.set(a, new double[] {1e20, 0});
        assertThat(Reductions.sumOfSquares(new Scratch(), a)).isCloseTo(1e40, within(1e34));
        Vectors.set(a, new double[] {1e4, 1});
        assertThat(Reductions.sumOfSquares(new Scratch(), a)).isEqualTo(1e8 + 1);
    }
}
