package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.ElementwiseLoss;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The twins by hand: their agreement with the losses proves nothing if both are wrong in the same way. */
class ScalarLossesTest {

    private static Tensor<Scalar> numbers(int rows, int columns, double... values) {
        return Tensor.of(new int[] {rows, columns}, i -> Scalar.of(values[i]));
    }

    private static Tensor<Double> targets(int... shape) {
        return Tensor.of(shape, i -> 0.0);
    }

    private static double value(Loss loss, Tensor<Scalar> y, Tensor<Double> t, Double... weights) {
        return ScalarLosses.of(loss).value(y, t, List.of(weights)).value();
    }

    @Test
    void errorsAreAveragedOverAllElementsByTheWeightsOfTheirExamples() {
        Tensor<Scalar> y = numbers(2, 2, 1, -2, 3, 0.5);
        Tensor<Double> t = targets(2, 2);

        assertThat(value(new MeanSquaredError(), y, t, 1.0, 1.0)).isEqualTo((1 + 4 + 9 + 0.25) / 4);
        assertThat(value(new MeanSquaredError(), y, t, 3.0, 1.0)).isEqualTo((3 * (1 + 4) + 9 + 0.25) / 8);
        assertThat(value(new MeanAbsoluteError(), y, t, 1.0, 1.0)).isEqualTo(6.5 / 4);
        assertThat(value(new Huber(), y, t, 1.0, 1.0)).isEqualTo((0.5 + 1.5 + 2.5 + 0.125) / 4);
    }

    @Test
    void oddsOfThreeToOneCostTheLogarithmOfAQuarterIfTheAnswerIsNo() {
        Tensor<Scalar> z = numbers(1, 1, Math.log(3));
        double no = value(new BinaryCrossEntropy(7), z, targets(1, 1), 1.0);
        double yes = value(new BinaryCrossEntropy(7), z, Tensor.of(new int[] {1, 1}, i -> 1.0), 1.0);

        assertThat(no).isCloseTo(Math.log(4), within(1e-15));
        assertThat(yes).isCloseTo(7 * Math.log(4 / 3.0), within(1e-15));
    }

    @Test
    void classesHaveTheirSharesAndWeights() {
        // probabilities 1/8, 2/8, 5/8; the right class is 2, and then 0
        Tensor<Scalar> z = numbers(2, 3, 0, Math.log(2), Math.log(5), 0, Math.log(2), Math.log(5));
        Tensor<Double> k = Tensor.of(new int[] {2}, i -> i == 0 ? 2.0 : 0.0);
        double first = -Math.log(5 / 8.0);
        double second = -Math.log(1 / 8.0);

        assertThat(value(new SoftmaxCrossEntropy(), z, k, 1.0, 1.0)).isCloseTo((first + second) / 2, within(1e-15));
        assertThat(value(new SoftmaxCrossEntropy().withClassWeights(2, 1, 0.5), z, k, 3.0, 1.0))
                .isCloseTo((3 * 0.5 * first + 2 * second) / (3 * 0.5 + 2), within(1e-15));
        double even = -(Math.log(1 / 8.0) + Math.log(2 / 8.0) + Math.log(5 / 8.0)) / 3;
        assertThat(value(new SoftmaxCrossEntropy(0.25), z, k, 1.0, 1.0))
                .isCloseTo(0.75 * (first + second) / 2 + 0.25 * even, within(1e-15));
    }

    @Test
    void logProbabilitiesAreTakenAsTheyAre() {
        Tensor<Scalar> y = numbers(1, 2, -3, -0.5);
        Tensor<Double> q = Tensor.of(new int[] {1, 2}, i -> i == 0 ? 0.0 : 1.0);

        assertThat(value(new NegativeLogLikelihood(), y, targets(1), 1.0)).isEqualTo(3);
        assertThat(value(new KullbackLeibler(), y, q, 1.0)).isEqualTo(0.5);
    }

    /** Logits of minus infinity are masks: the limits, as the losses themselves give them. */
    @Test
    void infiniteLogitsGiveTheLimits() {
        double inf = Double.POSITIVE_INFINITY;
        Tensor<Scalar> masked = numbers(1, 3, -inf, 0, Math.log(3));
        Tensor<Double> second = Tensor.of(new int[] {1}, i -> 2.0);
        Tensor<Double> shares = Tensor.of(new int[] {1, 3}, i -> i / 3.0);

        assertIs(new SoftmaxCrossEntropy(), masked, second, -Math.log(0.75), 0, 0.25, -0.25);
        assertIs(
                new SoftmaxCrossEntropy(),
                masked,
                shares,
                -(Math.log(0.25) + 2 * Math.log(0.75)) / 3,
                0,
                0.25 - 1 / 3.0,
                0.75 - 2 / 3.0);
        assertIs(new SoftmaxCrossEntropy(), numbers(1, 3, 1, 2, inf), second, 0, 0, 0, 0);
        assertIs(new BinaryCrossEntropy(3), numbers(1, 2, -inf, -inf), targets(1, 2), 0, 0, 0);
        assertIs(new BinaryCrossEntropy(3), numbers(1, 1, inf), Tensor.of(new int[] {1, 1}, i -> 1.0), 0, 0);
        assertIs(
                new KullbackLeibler(),
                numbers(1, 3, -inf, -1, -2),
                shares,
                (Math.log(1 / 3.0) + 1) / 3 + 2 * (Math.log(2 / 3.0) + 2) / 3,
                0,
                -1 / 3.0,
                -2 / 3.0);
    }

    private static void assertIs(Loss loss, Tensor<Scalar> y, Tensor<Double> t, double expected, double... gradient) {
        Scalar value = ScalarLosses.of(loss).value(y, t, List.of(1.0));
        value.backward();

        assertThat(value.value()).as("%s", loss).isCloseTo(expected, within(1e-15));
        for (int i = 0; i < gradient.length; i++) {
            assertThat(y.at(i).gradient()).as("gradient %d of %s", i, loss).isCloseTo(gradient[i], within(1e-15));
        }
    }

    @Test
    void examplesThatDoNotCountAreNotComputedWith() {
        Tensor<Scalar> y = numbers(2, 2, Double.NaN, 7, -3, -0.5);
        Tensor<Double> t = Tensor.of(new int[] {2}, i -> i == 0 ? -100.0 : 0.0);

        assertThat(value(new NegativeLogLikelihood(), y, t, 0.0, 1.0)).isEqualTo(3);
        assertThat(value(new NegativeLogLikelihood().ignoreIndex(-100), y, t, 1.0, 1.0))
                .isEqualTo(3);
        assertThat(value(new NegativeLogLikelihood(), y, t, 0.0, 0.0)).isZero();
    }

    @Test
    void aForeignLossHasNoTwin() {
        record Other() implements ElementwiseLoss {
            @Override
            public double sum(double[] y, double[] t, int from, int to) {
                return 0;
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalarLosses.of(new Other()))
                .withMessageContaining("no scalar twin of Other")
                .withMessageContaining("as a ScalarLoss");
    }
}
