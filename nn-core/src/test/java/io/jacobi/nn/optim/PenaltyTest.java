package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values and gradients of penalties. */
class PenaltyTest {

    private static final List<Parameter> PARAMETERS =
            Samples.parameters(Shape.of(2, 2), Shape.of(2), Shape.of(1, 1, 2), Shape.of());
    private static final double[] WEIGHTS = {1, -2, 3, -0.5, 5, 6, -1, 2, 7};

    static Stream<Penalty> penalties() {
        return Stream.of(
                Penalty.l1(0.3),
                Penalty.l2(0.3),
                Penalty.l1(0.3).ofAll(),
                Penalty.l2(0.3).ofAll());
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void gradientsAgreeWithCentralDifferences(Penalty penalty) {
        double[] weights = Samples.normals(5, WEIGHTS.length);
        INDArray gradients = Samples.vector(DataType.DOUBLE, new double[WEIGHTS.length]);
        penalty.valueAndAddGradient(Samples.vector(DataType.DOUBLE, weights), PARAMETERS, gradients, new Scratch());

        double h = 1e-5;
        double[] numeric = new double[weights.length];
        Arrays.setAll(numeric, i -> (at(penalty, weights, i, h) - at(penalty, weights, i, -h)) / (2 * h));
        assertThat(Vectors.toDoubles(gradients)).containsExactly(numeric, within(1e-9));
        assertThat(Arrays.stream(numeric).max().orElseThrow()).isGreaterThan(0.1);
    }

    private static double at(Penalty penalty, double[] weights, int index, double step) {
        double[] moved = weights.clone();
        moved[index] += step;
        INDArray gradients = Samples.vector(DataType.DOUBLE, new double[moved.length]);
        return penalty.valueAndAddGradient(
                Samples.vector(DataType.DOUBLE, moved), PARAMETERS, gradients, new Scratch());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void l2SumsSquaresWithoutAHalfAndAddsToTheGradient(DataType type) {
        INDArray gradients = Samples.vector(type, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        double value = Penalty.l2(0.5)
                .valueAndAddGradient(Samples.vector(type, WEIGHTS), PARAMETERS, gradients, new Scratch());

        assertThat(value).isEqualTo(0.5 * (1 + 4 + 9 + 0.25 + 1 + 4));
        assertThat(Vectors.toDoubles(gradients)).containsExactly(2, -1, 4, 0.5, 1, 1, 0, 3, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void l1SumsAbsoluteValuesAndAddsToTheGradient(DataType type) {
        INDArray gradients = Samples.vector(type, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        double value = Penalty.l1(0.5)
                .valueAndAddGradient(Samples.vector(type, WEIGHTS), PARAMETERS, gradients, new Scratch());

        assertThat(value).isEqualTo(0.5 * (1 + 2 + 3 + 0.5 + 1 + 2));
        assertThat(Vectors.toDoubles(gradients)).containsExactly(1.5, 0.5, 1.5, 0.5, 1, 1, 0.5, 1.5, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void ofAllLeavesNothingOut(DataType type) {
        INDArray gradients = Samples.vector(type, new double[WEIGHTS.length]);
        double squares = Penalty.l2(1)
                .ofAll()
                .valueAndAddGradient(Samples.vector(type, WEIGHTS), PARAMETERS, gradients, new Scratch());
        double absolutes = Penalty.l1(1)
                .ofAll()
                .valueAndAddGradient(Samples.vector(type, WEIGHTS), PARAMETERS, gradients, new Scratch());

        assertThat(squares).isEqualTo(19.25 + 25 + 36 + 49);
        assertThat(absolutes).isEqualTo(9.5 + 5 + 6 + 7);
        assertThat(Vectors.toDoubles(gradients)).containsExactly(3, -5, 7, -2, 11, 13, -3, 5, 15);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aLongMatrixIsPenalizedToItsEnd(DataType type) {
        int length = 2 * Scratch.TILE + 3;
        double[] w = Samples.normals(7, length);
        INDArray weights = Samples.vector(type, w);
        INDArray gradients = Samples.vector(type, new double[length]);
        Scratch scratch = new Scratch();
        List<Parameter> matrix = Samples.matrix(length);
        double squares = Penalty.l2(1).valueAndAddGradient(weights, matrix, gradients, scratch);
        double absolutes = Penalty.l1(1).valueAndAddGradient(weights, matrix, gradients, scratch);

        assertThat(squares).isCloseTo(Arrays.stream(w).map(x -> x * x).sum(), within(1e-9));
        assertThat(absolutes).isCloseTo(Arrays.stream(w).map(Math::abs).sum(), within(1e-9));
        double[] expected = Arrays.stream(w).map(x -> 2 * x + Math.signum(x)).toArray();
        assertThat(Samples.worst(expected, Vectors.toDoubles(gradients))).isLessThan(1e-6);
    }

    @Test
    void theSlopeOfL1AtItsKinkIsZero() {
        INDArray gradients = Samples.vector(DataType.DOUBLE, 0, 0);
        Penalty.l1(1)
                .valueAndAddGradient(
                        Samples.vector(DataType.DOUBLE, 0, -0.0), Samples.matrix(2), gradients, new Scratch());
        assertThat(Vectors.toDoubles(gradients)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void theSlopeOfL1IsASignHoweverSmallOrLargeTheWeight(DataType type) {
        double smallest = type == DataType.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
        double largest = type == DataType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
        INDArray gradients = Samples.vector(type, new double[6]);
        Penalty.l1(1)
                .valueAndAddGradient(
                        Samples.vector(type, smallest, -smallest, largest, -largest, 1e-30, -1e-30),
                        Samples.matrix(6),
                        gradients,
                        new Scratch());
        assertThat(Vectors.toDoubles(gradients)).containsExactly(1, -1, 1, -1, 1, -1);
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void nanStaysNaNAndSoDoesTheValue(Penalty penalty) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            INDArray gradients = Samples.vector(type, 0, 0);
            double value = penalty.valueAndAddGradient(
                    Samples.vector(type, 1, Double.NaN), Samples.matrix(2), gradients, new Scratch());
            assertThat(value).isNaN();
            assertThat(Vectors.toDoubles(gradients)[0]).isFinite();
            assertThat(Vectors.toDoubles(gradients)[1]).isNaN();
        }
    }
}
