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

    @ParameterizedTest(name = "{0}")
    @CsvSource({"FLOAT", "DOUBLE"})
    void isBelowLooksAtEveryElementOfTheRangeAndAtNoOther(DataType type) {
        INDArray a = Memory.vector(type, 5001);
        Span span = Span.of(a);
        assertThat(Reductions.isBelow(new Scratch(), a, 8, 0, 5001)).isTrue();
        for (double large : new double[] {8, -8, 1e30, Double.NaN, Double.NEGATIVE_INFINITY}) {
            for (int at : new int[] {10, 2500, 4999}) {
                span.set(at, large);
                assertThat(Reductions.isBelow(new Scratch(), a, 8, 10, 5000))
                        .as("%s at %s", large, at)
                        .isFalse();
                assertThat(Reductions.isBelow(new Scratch(), a, 8, at + 1, 5001))
                        .isTrue();
                assertThat(Reductions.isBelow(new Scratch(), a, 8, 0, at)).isTrue();
                span.set(at, 0);
            }
        }
    }

    @Test
    void isBelowIsNotMisledByManyElementsBelowTheBound() {
        INDArray a = Memory.vector(DataType.FLOAT, 5001);
        Vectors.fill(new Scratch(), a, 7.999);
        assertThat(Reductions.isBelow(new Scratch(), a, 8, 0, 5001)).isTrue();
    }

    @Test
    void theNormNeedsNoFiniteSquares() {
        INDArray a = Memory.vector(DataType.DOUBLE, 2);
        for (double unit : new double[] {1, 1e200, 1e-200, 1e-320}) {
            Vectors.set(a, new double[] {3 * unit, 4 * unit});
            assertThat(Reductions.norm(new Scratch(), a) / unit).isCloseTo(5, within(1e-3));
        }
        Vectors.set(a, new double[] {0, 0});
        assertThat(Reductions.norm(new Scratch(), a)).isZero();
        Vectors.set(a, new double[] {Double.NEGATIVE_INFINITY, 1});
        assertThat(Reductions.norm(new Scratch(), a)).isInfinite();
        Vectors.set(a, new double[] {Double.NaN, Double.POSITIVE_INFINITY});
        assertThat(Reductions.norm(new Scratch(), a)).isNaN();
    }
}
