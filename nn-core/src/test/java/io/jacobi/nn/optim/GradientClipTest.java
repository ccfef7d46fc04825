package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Clips bound gradients and return the norm from before. */
class GradientClipTest {

    private static final Scratch SCRATCH = new Scratch();

    @Test
    void theTextsAreThoseThatCheckpointsStore() {
        assertThat(GradientClip.norm(1)).hasToString("NormClip[max=1.0]").isEqualTo(GradientClip.norm(1));
        assertThat(GradientClip.value(2)).hasToString("ValueClip[max=2.0]").isEqualTo(GradientClip.value(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void normShortensAndKeepsTheDirection(DataType type) {
        INDArray g = Samples.vector(type, 3, -4);
        assertThat(GradientClip.norm(1).apply(g, new Scratch())).isEqualTo(5);
        assertThat(Vectors.toDoubles(g)).containsExactly(new double[] {0.6, -0.8}, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void normLeavesAShortGradientToTheBit(DataType type) {
        INDArray g = Samples.vector(type, 3, -4);
        assertThat(GradientClip.norm(5.1).apply(g, new Scratch())).isEqualTo(5);
        assertThat(Vectors.toDoubles(g)).containsExactly(3, -4);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void normIsOfAllWeightsTogether(DataType type) {
        double[] gradient = Samples.normals(3, 2 * Scratch.TILE + 3);
        double norm = Math.sqrt(Arrays.stream(gradient).map(x -> x * x).sum());
        INDArray g = Samples.vector(type, gradient);
        assertThat(GradientClip.norm(2).apply(g, new Scratch())).isCloseTo(norm, within(1e-10));
        double[] expected = Arrays.stream(gradient).map(x -> x * 2 / norm).toArray();
        assertThat(Samples.worst(expected, Vectors.toDoubles(g))).isLessThan(1e-7);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void valueBoundsEachElementAlone(DataType type) {
        INDArray g = Samples.vector(type, 3, -4, 0.5, -0.25, Double.NEGATIVE_INFINITY);
        assertThat(GradientClip.value(1).apply(g, new Scratch())).isInfinite();
        assertThat(Vectors.toDoubles(g)).containsExactly(1, -1, 0.5, -0.25, -1);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void valueReachesTheEndOfALongGradient(DataType type) {
        double[] gradient = Samples.normals(3, 2 * Scratch.TILE + 3);
        double norm = Math.sqrt(Arrays.stream(gradient).map(x -> x * x).sum());
        INDArray g = Samples.vector(type, gradient);
        assertThat(GradientClip.value(0.5).apply(g, new Scratch())).isCloseTo(norm, within(1e-10));
        double[] expected = Arrays.stream(gradient)
                .map(x -> Math.max(-0.5, Math.min(0.5, x)))
                .toArray();
        assertThat(Vectors.toDoubles(g)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void nanStaysNaNAndSoDoesTheNorm(DataType type) {
        INDArray g = Samples.vector(type, 1, Double.NaN);
        assertThat(GradientClip.value(0.5).apply(g, new Scratch())).isNaN();
        assertThat(Vectors.toDoubles(g)).containsExactly(0.5, Double.NaN);

        INDArray h = Samples.vector(type, 1, Double.NaN);
        assertThat(GradientClip.norm(0.5).apply(h, new Scratch())).isNaN();
        assertThat(Vectors.toDoubles(h)).as("is not changed").containsExactly(1, Double.NaN);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void anInfiniteNormMultipliesNothing(DataType type) {
        INDArray g = Samples.vector(type, 1, Double.POSITIVE_INFINITY);
        assertThat(GradientClip.norm(1).apply(g, SCRATCH)).isInfinite();
        // 0 · 1 and 0 · infinity would be 0 and NaN
        assertThat(Vectors.toDoubles(g)).containsExactly(1, Double.POSITIVE_INFINITY);
    }

    @Test
    void normShortensWhatHasNoSquareAndWhatHasNoNorm() {
        INDArray floats = Samples.vector(DataType.FLOAT, 3e30, -4e30);
        assertThat(GradientClip.norm(1).apply(floats, new Scratch()) / 5e30).isCloseTo(1, within(1e-6));
        assertThat(Vectors.toDoubles(floats)).containsExactly(new double[] {0.6, -0.8}, within(1e-6));

        INDArray doubles = Samples.vector(DataType.DOUBLE, 3e200, -4e200);
        assertThat(GradientClip.norm(1).apply(doubles, new Scratch()) / 5e200).isCloseTo(1, within(1e-15));
        assertThat(Vectors.toDoubles(doubles)).containsExactly(new double[] {0.6, -0.8}, within(1e-15));

        INDArray longest = Samples.vector(DataType.DOUBLE, 1.5e308, 1.5e308);
        assertThat(GradientClip.norm(1).apply(longest, new Scratch())).isInfinite();
        double half = Math.sqrt(0.5);
        assertThat(Vectors.toDoubles(longest)).containsExactly(new double[] {half, half}, within(1e-15));
    }

    @Test
    void aFactorBelowTheFloatsIsNotRoundedTo0() {
        // the factor 1e-48 is 0 in float, and the product is not
        INDArray g = Samples.vector(DataType.FLOAT, 1e30, 0);
        GradientClip.norm(1e-18).apply(g, new Scratch());
        assertThat(Vectors.toDoubles(g)[0] / 1e-18).isCloseTo(1, within(1e-6));
    }

    @Test
    void theNormOfTinyNumbersIsNot0() {
        INDArray g = Samples.vector(DataType.DOUBLE, 3e-200, -4e-200);
        assertThat(GradientClip.value(1).apply(g, new Scratch()) / 5e-200).isCloseTo(1, within(1e-15));
    }
}
