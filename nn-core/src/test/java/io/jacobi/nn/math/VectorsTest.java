package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class VectorsTest {

    private final Scratch scratch = new Scratch();

    /** Lengths around the end of a tile and others, in both types. */
    static Stream<Arguments> typesAndLengths() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> IntStream.of(1, 7, Scratch.TILE - 1, Scratch.TILE, Scratch.TILE + 1, 5000)
                        .mapToObj(length -> Arguments.of(type, length)));
    }

    private static double rounding(DataType type) {
        return type == DataType.FLOAT ? 1e-6 : 0;
    }

    @ParameterizedTest
    @MethodSource("typesAndLengths")
    void fillReachesEveryElement(DataType type, int length) {
        INDArray a = TestArrays.normal(type, 1, length);

        Vectors.fill(scratch, a, 2.5);

        assertThat(Vectors.toDoubles(a)).hasSize(length).containsOnly(2.5);
    }

    @ParameterizedTest
    @MethodSource("typesAndLengths")
    void addScaledAddsEveryElementAndOnlyReadsX(DataType type, int length) {
        double[] x = TestArrays.normals(1, length);
        double[] y = TestArrays.normals(2, length);
        INDArray from = TestArrays.vector(type, x);
        INDArray to = TestArrays.vector(type, y);

        Vectors.addScaled(scratch, -0.5, from, to);

        double[] expected = new double[length];
        Arrays.setAll(expected, i -> y[i] - 0.5 * x[i]);
        assertThat(Vectors.toDoubles(to)).containsExactly(expected, within(rounding(type)));
        assertThat(Vectors.toDoubles(from)).containsExactly(x, within(rounding(type)));
    }

    @ParameterizedTest
    @MethodSource("typesAndLengths")
    void scaleMultipliesEveryElement(DataType type, int length) {
        double[] values = TestArrays.normals(1, length);
        INDArray a = TestArrays.vector(type, values);

        Vectors.scale(scratch, -2, a);

        assertThat(Vectors.toDoubles(a))
                .containsExactly(Arrays.stream(values).map(v -> -2 * v).toArray(), within(rounding(type)));
    }

    @ParameterizedTest
    @MethodSource("typesAndLengths")
    void isFiniteSeesTheLastElement(DataType type, int length) {
        INDArray a = TestArrays.normal(type, 1, length);
        assertThat(Vectors.isFinite(scratch, a)).isTrue();

        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Span.of(a).set(length - 1, bad);
            assertThat(Vectors.isFinite(scratch, a)).as("%s at the end", bad).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void copyTakesElementsInOrderWhateverTheShapes(DataType type) {
        INDArray from = TestArrays.of(type, new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        INDArray to = TestArrays.of(type, new double[6], 3, 2);

        Vectors.copy(scratch, from, to);
        assertThat(Vectors.toDoubles(to)).containsExactly(1, 2, 3, 4, 5, 6);

        Vectors.copy(from, 1, to, 4, 2);
        assertThat(Vectors.toDoubles(to)).containsExactly(1, 2, 3, 4, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void wholeArraysAreCopiedAndRoundedIntoTheNarrowerType(DataType type) {
        INDArray from = Vectors.of(DataType.DOUBLE, new double[] {0.1, 0.2}, 2, 1);
        INDArray to = Vectors.of(type, new double[2], 2);

        Vectors.copy(from, to);

        assertThat(Vectors.toDoubles(to)).containsExactly(new double[] {0.1, 0.2}, within(rounding(type)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.copy(from, Memory.vector(type, 3)))
                .withMessageContaining("Cannot copy 2 elements into 3");
    }

    @Test
    void anEmptyArrayHasNoElementsAndIsCopiedByDoingNothing() {
        INDArray empty = Memory.vector(DataType.FLOAT, 0);

        Vectors.copy(empty, Memory.vector(DataType.DOUBLE, 0));

        assertThat(Vectors.toDoubles(empty)).isEmpty();
    }

    @Test
    void anArrayIsMadeOfItsShapeAndItsValues() {
        INDArray array = Vectors.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Vectors.toDoubles(array)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void floatsGoInAndOutAtAnOffset(DataType type) {
        INDArray a = TestArrays.vector(type, 0, 0, 0, 0);

        Vectors.set(scratch, a, 1, new float[] {0.1f, 0.2f});
        float[] back = new float[3];
        Vectors.get(scratch, a, 1, back);

        assertThat(back).containsExactly(0.1f, 0.2f, 0f);
        assertThat(Vectors.toDoubles(a)).containsExactly(0, 0.1f, 0.2f, 0);
    }

    @Test
    void setRoundsDoublesOnceForAFloatArray() {
        INDArray a = TestArrays.vector(DataType.FLOAT, 0.1);

        assertThat(Vectors.toDoubles(a)).containsExactly(0.1f);
    }

    @Test
    void setRejectsAnotherNumberOfValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.set(Memory.vector(DataType.FLOAT, 3), new double[2]))
                .withMessage("Cannot set 3 elements from 2 values");
    }
}
