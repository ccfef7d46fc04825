package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Activations at large inputs, at their kinks, and for NaN and infinity. */
class ActivationsTest {

    private static final List<DataType> TYPES = List.of(DataType.FLOAT, DataType.DOUBLE);

    static Stream<Layer> elementwise() {
        return Stream.of(
                new LeakyRelu(),
                new LeakyRelu(0),
                new HardTanh(),
                new HardTanh(0, 6),
                new Elu(),
                new Elu(0.5),
                new Selu(),
                new Gelu(),
                Gelu.tanh(),
                new Silu(),
                new Softplus(),
                new Softplus(10));
    }

    static Stream<Layer> all() {
        return Stream.concat(elementwise(), Stream.of(new Softmax(), new LogSoftmax()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void stayFiniteFarOut(Layer layer) {
        for (DataType type : TYPES) {
            LayerRun run = LayerRun.of(layer, type, -1e4, -1e3, -100, -40, -1, 0, 1, 40, 100, 1e3, 1e4);

            assertThat(Arrays.stream(run.y())).as("y in " + type).allMatch(Double::isFinite);
            assertThat(Arrays.stream(run.dx())).as("dx in " + type).allMatch(Double::isFinite);
        }
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(new LeakyRelu(), -100, 0.01, 1e4, 1),
                Arguments.of(new HardTanh(), -1, 0, 1, 0),
                Arguments.of(new Elu(), -1, 0, 1e4, 1),
                Arguments.of(new Selu(), -1.7580993408473766, 0, 10507.009873554805, 1.0507009873554805),
                Arguments.of(new Gelu(), 0, 0, 1e4, 1),
                Arguments.of(Gelu.tanh(), 0, 0, 1e4, 1),
                Arguments.of(new Silu(), 0, 0, 1e4, 1),
                Arguments.of(new Softplus(), 0, 0, 1e4, 1));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void reachTheirAsymptotes(Layer layer, double left, double leftSlope, double right, double rightSlope) {
        LayerRun run = LayerRun.of(layer, DataType.DOUBLE, -1e4, 1e4);

        assertThat(run.y()).containsExactly(new double[] {left, right}, within(1e-11));
        assertThat(run.dx()).containsExactly(new double[] {leftSlope, rightSlope}, within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("elementwise")
    void keepNaNWhereItIs(Layer layer) {
        for (DataType type : TYPES) {
            LayerRun run = LayerRun.of(layer, type, 0.5, Double.NaN, -0.5);

            assertThat(run.y()[1]).as("y in " + type).isNaN();
            assertThat(run.dx()[1]).as("dx in " + type).isNaN();
            assertThat(List.of(run.y()[0], run.y()[2], run.dx()[0], run.dx()[2]))
                    .as("the others in " + type)
                    .allMatch(Double::isFinite);
        }
    }

    static Stream<Arguments> kinks() {
        return Stream.of(
                Arguments.of(new LeakyRelu(0.25), 0, 0.25),
                Arguments.of(new HardTanh(), -1, 0),
                Arguments.of(new HardTanh(), 1, 0),
                Arguments.of(new HardTanh(0, 6), 0, 0),
                Arguments.of(new HardTanh(0, 6), 6, 0),
                Arguments.of(new Elu(), 0, 1),
                Arguments.of(new Elu(0.5), 0, 0.5),
                Arguments.of(new Selu(), 0, 1.7580993408473766));
    }

    @ParameterizedTest
    @MethodSource("kinks")
    void takeTheStatedDerivativeAtAKink(Layer layer, double x, double derivative) {
        assertThat(LayerRun.of(layer, DataType.DOUBLE, x).dx()).containsExactly(derivative);
        assertThat(LayerRun.of(layer, DataType.FLOAT, x).dx()).containsExactly((float) derivative);
    }

    static Stream<Layer> withFloatTwins() {
        return Stream.of(new LeakyRelu(), new LeakyRelu(0), new LeakyRelu(3), new HardTanh(), new HardTanh(0, 6));
    }

    /** The loops over float[] have no branch; the loops over double[] are the plain formula. */
    @ParameterizedTest
    @MethodSource("withFloatTwins")
    void areAsExactWithoutBranches(Layer layer) {
        float[] edges = {
            0,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            1,
            -1,
            6,
            Math.nextUp(1f),
            Math.nextDown(1f),
            Math.nextUp(-1f),
            Math.nextDown(-1f),
            Math.nextUp(6f),
            Math.nextDown(6f),
            1e30f,
            -1e30f
        };
        double[] x = new double[edges.length];
        Arrays.setAll(x, i -> edges[i]);

        LayerRun fast = LayerRun.of(layer, DataType.FLOAT, x);
        LayerRun formula = LayerRun.of(layer, DataType.DOUBLE, x);

        assertThat(fast.dx()).containsExactly(rounded(formula.dx()));
        for (int i = 0; i < x.length; i++) {
            double rounding = Math.ulp((float) formula.y()[i]);
            assertThat(fast.y()[i]).as("f(%s)", x[i]).isCloseTo(formula.y()[i], within(rounding));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void doNotDependOnHowExamplesAreBatched(Layer layer) {
        int size = 1500; // three examples cross two tiles
        SplittableRandom random = new SplittableRandom(3);
        double[] x = random.doubles(3L * size, -4, 4).toArray();
        double[] dy = random.doubles(3L * size, -1, 1).toArray();
        for (DataType type : TYPES) {
            LayerRun together = LayerRun.of(layer, type, Shape.of(size), x, dy);
            for (int n = 0; n < 3; n++) {
                LayerRun alone = LayerRun.of(layer, type, Shape.of(size), part(x, n, size), part(dy, n, size));

                assertThat(part(together.y(), n, size)).containsExactly(alone.y());
                assertThat(part(together.dx(), n, size)).containsExactly(alone.dx());
            }
        }
    }

    @Test
    void geluByTanhStaysWithinFiveTenThousandthsOfTheExactOne() {
        double[] x = new double[2001];
        Arrays.setAll(x, i -> (i - 1000) / 100.0);
        double[] exact = LayerRun.of(new Gelu(), DataType.DOUBLE, x).y();
        double[] approximate = LayerRun.of(Gelu.tanh(), DataType.DOUBLE, x).y();
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(exact[i] - approximate[i]));
        }

        assertThat(worst).isBetween(4e-4, 5e-4);
    }

    @Test
    void geluKeepsItsDigitsFarBelowZero() {
        // x Φ(x) at −10 and −20, from mpmath with 40 digits; 1 + erf would give 0 for both
        double[] y = LayerRun.of(new Gelu(), DataType.DOUBLE, -10, -20).y();

        assertThat(y[0]).isCloseTo(-7.619853024160526e-23, within(1e-36));
        assertThat(y[1]).isCloseTo(-5.507248237212468e-88, within(1e-101));
    }

    @Test
    void softplusKeepsItsDigitsFarBelowZero() {
        assertThat(LayerRun.of(new Softplus(), DataType.DOUBLE, -40).y()[0]).isCloseTo(Math.exp(-40), within(1e-32));
    }

    @Test
    void eluKeepsTheDigitsOfSmallInputs() {
        double small = -1e-12;
        double expected = small + small * small / 2;

        assertThat(LayerRun.of(new Elu(), DataType.DOUBLE, small).y()[0]).isCloseTo(expected, within(1e-27));
    }

    /** With both constants, a standard normal input gives mean 0 and variance 1, here by Simpson's rule. */
    @Test
    void seluKeepsMeanZeroAndVarianceOne() {
        int steps = 40_000;
        double h = 24.0 / steps;
        double[] x = new double[steps + 1];
        Arrays.setAll(x, i -> -12 + i * h);
        double[] y = LayerRun.of(new Selu(), DataType.DOUBLE, x).y();
        double mean = 0;
        double square = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            double density = Math.exp(-x[i] * x[i] / 2) / Math.sqrt(2 * Math.PI);
            mean += weight * density * y[i] * h / 3;
            square += weight * density * y[i] * y[i] * h / 3;
        }

        assertThat(mean).isCloseTo(0, within(1e-7));
        assertThat(square).isCloseTo(1, within(1e-7));
    }

    @Test
    void declareTheMeaningOfTheirOutput() {
        assertThat(new Softmax().outputKind()).isEqualTo(OutputKind.PROBABILITIES);
        assertThat(new Sigmoid().outputKind()).isEqualTo(OutputKind.PROBABILITIES);
        assertThat(new LogSoftmax().outputKind()).isEqualTo(OutputKind.LOG_PROBABILITIES);
        assertThat(elementwise()).extracting(Layer::outputKind).containsOnly(OutputKind.ANY);
        assertThat(Chain.of(new Affine(2), new Softmax()).outputKind()).isEqualTo(OutputKind.PROBABILITIES);
        assertThat(Chain.of(new Softmax(), new Affine(2)).outputKind()).isEqualTo(OutputKind.ANY);
        assertThat(Chain.of(new Relu(), Chain.of(new LogSoftmax())).outputKind())
                .isEqualTo(OutputKind.LOG_PROBABILITIES);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                refused("slope", () -> new LeakyRelu(-0.1)),
                refused("slope", () -> new LeakyRelu(Double.NaN)),
                refused("slope", () -> new LeakyRelu(Double.POSITIVE_INFINITY)),
                refused("bounds", () -> new HardTanh(1, 1)),
                refused("bounds", () -> new HardTanh(2, 1)),
                refused("bounds", () -> new HardTanh(Double.NaN, 1)),
                refused("bounds", () -> new HardTanh(Double.NEGATIVE_INFINITY, 1)),
                refused("alpha", () -> new Elu(-1)),
                refused("alpha", () -> new Elu(Double.NaN)),
                refused("alpha", () -> new Elu(Double.POSITIVE_INFINITY)),
                refused("beta", () -> new Softplus(0)),
                refused("beta", () -> new Softplus(-1)),
                refused("beta", () -> new Softplus(Double.NaN)),
                refused("beta", () -> new Softplus(Double.POSITIVE_INFINITY)));
    }

    private static Arguments refused(String what, Supplier<Layer> constructor) {
        return Arguments.of(what, constructor);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refuseImpossibleHyperparameters(String what, Supplier<Layer> constructor) {
        assertThatThrownBy(constructor::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("\n  expected ");
    }

    @Test
    void areCalledByTheirHyperparameters() {
        assertThat(all().map(Layer::toString))
                .containsExactly(
                        "LeakyRelu(0.01)",
                        "LeakyRelu(0.0)",
                        "HardTanh(-1.0, 1.0)",
                        "HardTanh(0.0, 6.0)",
                        "Elu(1.0)",
                        "Elu(0.5)",
                        "Selu",
                        "Gelu",
                        "Gelu(tanh)",
                        "Silu",
                        "Softplus",
                        "Softplus(10.0)",
                        "Softmax",
                        "LogSoftmax");
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(v -> (float) v).toArray();
    }

    private static double[] part(double[] values, int n, int size) {
        return Arrays.copyOfRange(values, n * size, (n + 1) * size);
    }
}
