package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each optimizer moves each weight as its paper says, at any position in the vector. */
class OptimizersTest {

    private static final int LENGTH = 2 * Scratch.TILE + 5;
    private static final double RATE = 0.05;

    /** The formulas of the paper for one weight, in double, with nothing computed in advance: the slow twin. */
    private interface Paper {

        /** Returns the weight after step {@code n}, counted from 1, and updates the moments. */
        double step(double w, double g, double[] moments, int n);
    }

    static Stream<Arguments> papers() {
        Paper sgd = (w, g, s, n) -> w - RATE * g;
        Paper momentum = (w, g, s, n) -> {
            s[0] = 0.9 * s[0] + g;
            return w - RATE * s[0];
        };
        Paper nesterov = (w, g, s, n) -> {
            s[0] = 0.9 * s[0] + g;
            return w - RATE * (g + 0.9 * s[0]);
        };
        Paper rmsProp = (w, g, s, n) -> {
            s[0] = 0.99 * s[0] + 0.01 * g * g;
            return w - RATE * g / (Math.sqrt(s[0]) + 1e-8);
        };
        Paper rmsPropWithMomentum = (w, g, s, n) -> {
            s[0] = 0.99 * s[0] + 0.01 * g * g;
            s[1] = 0.9 * s[1] + g / (Math.sqrt(s[0]) + 1e-8);
            return w - RATE * s[1];
        };
        Paper adagrad = (w, g, s, n) -> {
            s[0] += g * g;
            return w - RATE * g / (Math.sqrt(s[0]) + 1e-10);
        };
        Paper adam = (w, g, s, n) -> {
            s[0] = 0.9 * s[0] + 0.1 * g;
            s[1] = 0.999 * s[1] + 0.001 * g * g;
            double mean = s[0] / (1 - Math.pow(0.9, n));
            double square = s[1] / (1 - Math.pow(0.999, n));
            return w - RATE * mean / (Math.sqrt(square) + 1e-8);
        };
        Paper adamW = (w, g, s, n) -> adam.step(w - RATE * 0.01 * w, g, s, n);
        Paper nadam = (w, g, s, n) -> {
            s[0] = 0.9 * s[0] + 0.1 * g;
            s[1] = 0.999 * s[1] + 0.001 * g * g;
            double product = 1;
            for (int k = 1; k <= n; k++) {
                product *= 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * k));
            }
            double now = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * n));
            double next = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * (n + 1)));
            double square = s[1] / (1 - Math.pow(0.999, n));
            return w
                    - RATE
                            * (next * s[0] / (1 - product * next) + (1 - now) * g / (1 - product))
                            / (Math.sqrt(square) + 1e-8);
        };
        return Stream.of(
                        Arguments.of(new Sgd(RATE), sgd),
                        Arguments.of(new Sgd(RATE).withMomentum(0.9), momentum),
                        Arguments.of(new Sgd(RATE).withNesterov(0.9), nesterov),
                        Arguments.of(new RmsProp(RATE), rmsProp),
                        Arguments.of(new RmsProp(RATE).withMomentum(0.9), rmsPropWithMomentum),
                        Arguments.of(new Adagrad(RATE), adagrad),
                        Arguments.of(new Adam(RATE), adam),
                        Arguments.of(new AdamW(RATE), adamW),
                        Arguments.of(new Nadam(RATE), nadam))
                .flatMap(pair -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                        .map(type -> Arguments.of(type, pair.get()[0], pair.get()[1])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("papers")
    void everyWeightOfALongVectorMovesAsThePaperSays(DataType type, Optimizer optimizer, Paper paper) {
        double[] expected = Samples.normals(1, LENGTH);
        double[][] moments = new double[LENGTH][2];
        INDArray weights = Samples.vector(type, expected);
        Stepper stepper = optimizer.start(weights, Samples.matrix(LENGTH));
        for (int n = 1; n <= 5; n++) {
            double[] gradient = Samples.normals(1 + n, LENGTH);
            INDArray gradients = Samples.vector(type, gradient);
            stepper.step(gradients, RATE);
            for (int i = 0; i < LENGTH; i++) {
                expected[i] = paper.step(expected[i], gradient[i], moments[i], n);
            }
            assertThat(Vectors.toDoubles(gradients))
                    .as("gradients are only read")
                    .isEqualTo(gradient);
        }
        assertThat(Samples.worst(expected, Vectors.toDoubles(weights)))
                .isLessThan(type == DataType.FLOAT ? 4e-6 : 1e-13);
    }

    @Test
    void thousandsOfStepsInFloatFollowDouble() {
        double[][] ends = new double[2][];
        List<DataType> types = List.of(DataType.FLOAT, DataType.DOUBLE);
        for (int t = 0; t < 2; t++) {
            INDArray weights = Samples.vector(types.get(t), Samples.normals(1, 10));
            INDArray gradients = Samples.vector(types.get(t), new double[10]);
            Stepper stepper = new Adam(1e-3).start(weights, Samples.matrix(10));
            for (int n = 0; n < 5000; n++) {
                Vectors.set(gradients, Samples.normals(2 + n, 10));
                stepper.step(gradients, 1e-3);
            }
            ends[t] = Vectors.toDoubles(weights);
        }
        assertThat(ends[0]).containsExactly(ends[1], within(2e-5));
    }

    @Test
    void theFirstStepOfAdamIsTheRateForAnyGradient() {
        INDArray weights = Samples.vector(DataType.DOUBLE, 0, 0, 0, 0);
        new Adam(0.1).start(weights, Samples.matrix(4)).step(Samples.vector(DataType.DOUBLE, 1e-3, -1, 1e3, 0), 0.1);

        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {-0.1, 0.1, -0.1, 0}, within(1e-5));
    }

    @Test
    void aGradientThatIsRoundingErrorMovesAWeightByItsSign() {
        INDArray weights = Samples.vector(DataType.FLOAT, 0, 0);
        INDArray gradients = Samples.vector(DataType.FLOAT, 1e-7, -1e-7);
        new Adagrad(0.1).start(weights, Samples.matrix(2)).step(gradients, 0.1);
        // 0.1 · 1e-7 / (1e-7 + 1e-10)
        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {-0.0999, 0.0999}, within(1e-6));

        new Sgd(0.1).start(weights, Samples.matrix(2)).step(gradients, 0.1);
        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {-0.0999, 0.0999}, within(1e-6));
    }

    @Test
    void twoRunsOfOneOptimizerShareNothing() {
        Samples.optimizers().forEach(optimizer -> {
            INDArray first = Samples.vector(DataType.DOUBLE, 0);
            INDArray second = Samples.vector(DataType.DOUBLE, 0);
            INDArray gradient = Samples.vector(DataType.DOUBLE, 1);
            optimizer.start(first, Samples.matrix(1)).step(gradient, 0.1);
            optimizer.start(second, Samples.matrix(1)).step(gradient, 0.1);
            assertThat(Vectors.toDoubles(second)).isEqualTo(Vectors.toDoubles(first));
        });
    }

    @Test
    void defaultsAreAsInPyTorch() {
        Schedule rate = Schedule.constant(0.1);
        assertThat(new Adam(0.1)).isEqualTo(new Adam(rate, 0.9, 0.999, 1e-8));
        assertThat(new AdamW(0.1)).isEqualTo(new AdamW(rate, 0.9, 0.999, 1e-8, 0.01, false));
        assertThat(new Nadam(0.1)).isEqualTo(new Nadam(rate, 0.9, 0.999, 1e-8, 4e-3));
        assertThat(new RmsProp(0.1)).isEqualTo(new RmsProp(rate, 0.99, 1e-8, 0));
        assertThat(new Adagrad(0.1)).isEqualTo(new Adagrad(rate, 1e-10));
        assertThat(new Sgd(0.1)).isEqualTo(new Sgd(rate, 0, false, 0, false));
    }

    @Test
    void withReplacesOneHyperparameterAndKeepsTheRest() {
        Schedule a = Schedule.constant(0.1);
        Schedule b = Schedule.cosine(0.2, 10);
        assertThat(new Adam(a).withBetas(0.5, 0.6).withEpsilon(0.7).withRate(b)).isEqualTo(new Adam(b, 0.5, 0.6, 0.7));
        assertThat(new AdamW(a)
                        .withBetas(0.5, 0.6)
                        .withEpsilon(0.7)
                        .withWeightDecay(0.8)
                        .withDecayOfAll()
                        .withRate(b))
                .isEqualTo(new AdamW(b, 0.5, 0.6, 0.7, 0.8, true));
        assertThat(new Nadam(a)
                        .withBetas(0.5, 0.6)
                        .withEpsilon(0.7)
                        .withMomentumDecay(0.8)
                        .withRate(b))
                .isEqualTo(new Nadam(b, 0.5, 0.6, 0.7, 0.8));
        assertThat(new RmsProp(a)
                        .withAlpha(0.5)
                        .withEpsilon(0.6)
                        .withMomentum(0.7)
                        .withRate(b))
                .isEqualTo(new RmsProp(b, 0.5, 0.6, 0.7));
        assertThat(new Adagrad(a).withEpsilon(0.5).withRate(b)).isEqualTo(new Adagrad(b, 0.5));
        assertThat(new Sgd(a)
                        .withWeightDecay(0.5)
                        .withDecayOfAll()
                        .withNesterov(0.6)
                        .withRate(b))
                .isEqualTo(new Sgd(b, 0.6, true, 0.5, true));
        assertThat(new Sgd(a).withWeightDecay(0.5).withNesterov(0.6).withMomentum(0.7))
                .isEqualTo(new Sgd(a, 0.7, false, 0.5, false));
    }

    @Test
    void decaySkipsParametersOfRankBelowTwo() {
        INDArray weights = Samples.vector(DataType.DOUBLE, 1, 1, 1, 1, 1, 1, 1, 1);
        new Sgd(0.1)
                .withWeightDecay(2)
                .start(weights, Samples.parameters(Shape.of(1, 2), Shape.of(2), Shape.of(), Shape.of(1, 1, 2)))
                .step(Samples.vector(DataType.DOUBLE, new double[8]), 0.1);

        // the last element belongs to no parameter
        assertThat(Vectors.toDoubles(weights)).containsExactly(0.8, 0.8, 1, 1, 1, 0.8, 0.8, 1);
    }

    @Test
    void decayOfAllSkipsNothing() {
        INDArray weights = Samples.vector(DataType.FLOAT, 1, 1, 1);
        new AdamW(0.1)
                .withWeightDecay(2)
                .withDecayOfAll()
                .start(weights, Samples.parameters(Shape.of(1, 1), Shape.of(1)))
                .step(Samples.vector(DataType.FLOAT, 0, 0, 0), 0.1);

        assertThat(Vectors.toDoubles(weights)).containsExactly(0.8f, 0.8f, 0.8f);
    }

    @Test
    void neighboursOfOneKindMakeOneRange() {
        assertThat(WeightRange.cover(
                        20,
                        Samples.parameters(
                                Shape.of(2, 2), Shape.of(2, 1), Shape.of(3), Shape.of(1), Shape.of(4, 1), Shape.of(2)),
                        false))
                .containsExactly(
                        new WeightRange(0, 6, true),
                        new WeightRange(6, 10, false),
                        new WeightRange(10, 14, true),
                        new WeightRange(14, 20, false));
        assertThat(WeightRange.cover(20, Samples.parameters(Shape.of(3), Shape.of(4, 1)), true))
                .containsExactly(new WeightRange(0, 20, true));
        assertThat(WeightRange.cover(5, List.of(), false)).containsExactly(new WeightRange(0, 5, false));
    }
}
