package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples of weight 0 and examples of an ignored class: nothing of them reaches the loss. */
class IgnoredExamplesTest {

    private static final double NAN = Double.NaN;

    /** Probabilities 1/4 and 3/4, then anything, then 1/2 and 1/2. */
    private static final INDArray LOGITS =
            TestArrays.of(DataType.DOUBLE, new double[] {0, Math.log(3), NAN, 7, 0, 0}, 3, 2);

    private static final double LOSS = (Math.log(4) + Math.log(2)) / 2;
    private static final double[] GRADIENT = {-0.375, 0.375, 0, 0, 0.25, -0.25};

    private static void assertIs(Evaluated actual, double loss, double... gradient) {
        assertThat(actual.loss()).isCloseTo(loss, within(1e-15));
        assertThat(actual.gradient()).containsExactly(gradient, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, NAN, 2, 0})
    void anExampleOfWeightZeroMayHaveAnyTargetAndAnyPrediction(double target) {
        INDArray weights = TestArrays.vector(DataType.DOUBLE, 5, 0, 5);
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, target, 1);

        assertIs(evaluate(new SoftmaxCrossEntropy(), LOGITS, targets, weights), LOSS, GRADIENT);
        assertThat(new SoftmaxCrossEntropy().divisor(targets, weights, new Scratch()))
                .isEqualTo(10);
        assertThat(new SoftmaxCrossEntropy().withClassWeights(1, 2).divisor(targets, weights, new Scratch()))
                .isEqualTo(5 + 2 * 5);
    }

    @Test
    void anExampleOfWeightZeroIsNotJudgedByLossesOfOtherTargets() {
        INDArray weights = TestArrays.vector(DataType.DOUBLE, 1, 0);
        INDArray outputs = TestArrays.of(DataType.DOUBLE, new double[] {3, NAN}, 2, 1);
        INDArray targets = TestArrays.of(DataType.DOUBLE, new double[] {1, NAN}, 2, 1);

        assertIs(evaluate(new MeanSquaredError(), outputs, targets, weights), 4, 4, 0);
        assertIs(evaluate(new MeanAbsoluteError(), outputs, targets, weights), 2, 1, 0);
        assertIs(evaluate(new Huber(), outputs, targets, weights), 1.5, 1, 0);
        assertIs(
                evaluate(new BinaryCrossEntropy(), outputs, targets, weights),
                Math.log1p(Math.exp(-3)),
                -1 / (1 + Math.exp(3)),
                0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, -1, 7})
    void theMeanIsOverTheExamplesThatAreNotIgnored(int ignored) {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, ignored, 1);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy().ignoreIndex(ignored);

        assertIs(evaluate(loss, LOGITS, targets), LOSS, GRADIENT);
        assertThat(loss.divisor(targets, new Scratch())).isEqualTo(2);
        assertThat(loss.ignoredIndex()).isEqualTo(OptionalInt.of(ignored));
        assertThat(new SoftmaxCrossEntropy().ignoredIndex()).isEmpty();
    }

    @Test
    void theMeanIsDividedByTheWeightsOfTheExamplesThatAreNotIgnored() {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, -100, 1);
        INDArray weights = TestArrays.vector(DataType.DOUBLE, 1, 9, 2);
        Loss loss = new SoftmaxCrossEntropy().ignoreIndex(-100).withClassWeights(1, 3);

        // weights 1 · 1 and 2 · 3
        assertIs(
                evaluate(loss, LOGITS, targets, weights),
                (Math.log(4) + 6 * Math.log(2)) / 7,
                -0.75 / 7,
                0.75 / 7,
                0,
                0,
                3 / 7d,
                -3 / 7d);
        assertThat(loss.divisor(targets, weights, new Scratch())).isEqualTo(7);
    }

    @Test
    void smoothingSpreadsTheTargetsOfTheOthersOnly() {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, -100, 1);
        Loss loss = new SoftmaxCrossEntropy(0.5).ignoreIndex(-100);

        assertIs(
                evaluate(loss, LOGITS, targets),
                (0.75 * Math.log(4) + 0.25 * Math.log(4 / 3d) + Math.log(2)) / 2,
                (0.25 - 0.75) / 2,
                (0.75 - 0.25) / 2,
                0,
                0,
                0.125,
                -0.125);
    }

    @Test
    void aClassMayBeIgnored() {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, 1, 0);
        INDArray logs = TestArrays.of(DataType.DOUBLE, new double[] {-1, -2, -3, -4, -5, -6}, 3, 2);

        assertIs(evaluate(new NegativeLogLikelihood().ignoreIndex(1), logs, targets), 3, -0.5, 0, 0, 0, -0.5, 0);
        assertIs(evaluate(new NegativeLogLikelihood().ignoreIndex(0), logs, targets), 4, 0, 0, 0, -1, 0, 0);
    }

    @Test
    void ifAllAreIgnoredLossAndGradientAreZero() {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, -100, -100, -100);

        for (RowLoss loss :
                List.of(new SoftmaxCrossEntropy().ignoreIndex(-100), new NegativeLogLikelihood().ignoreIndex(-100))) {
            assertIs(evaluate(loss, LOGITS, targets), 0, new double[6]);
            assertThat(loss.divisor(targets, new Scratch())).isZero();
        }
    }

    @Test
    void anIndexThatIsNotIgnoredIsStillJudged() {
        INDArray targets = TestArrays.vector(DataType.DOUBLE, 0, -100, -1);

        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> evaluate(new SoftmaxCrossEntropy().ignoreIndex(-100), LOGITS, targets))
                .withMessageContaining("The target of example 2 of the batch is class -1")
                .satisfies(e -> assertThat(e.index()).isEqualTo(2))
                .satisfies(e -> assertThat(e.named("row 57 of the data set"))
                        .hasMessageStartingWith("The target of row 57 of the data set is class -1\n")
                        .hasCause(e));
    }

    @Test
    void rowsOfProbabilitiesAreNotIgnored() {
        INDArray rows = TestArrays.of(DataType.DOUBLE, new double[] {1, 0, 0, 1}, 2, 2);
        INDArray logits = TestArrays.of(DataType.DOUBLE, new double[] {0, Math.log(3), 0, 0}, 2, 2);

        assertThat(evaluate(new SoftmaxCrossEntropy().ignoreIndex(1), logits, rows)
                        .loss())
                .isCloseTo(LOSS, within(1e-15));
    }

    @Test
    void appearsInTheText() {
        assertThat(new SoftmaxCrossEntropy().ignoreIndex(-100)).hasToString("SoftmaxCrossEntropy(without class -100)");
        assertThat(new NegativeLogLikelihood().withClassWeights(1, 2).ignoreIndex(3))
                .hasToString("NegativeLogLikelihood(class weights [1.0, 2.0], without class 3)");
    }
}
