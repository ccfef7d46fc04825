package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Logits of −∞ mask classes, and logits of ±∞ are sure answers. The expected numbers are limits, computed by hand. */
class InfiniteLogitsTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    /** Probabilities 0, 1/4 and 3/4. */
    private static final double[] MASKED = {-INF, 0, Math.log(3)};

    private static final double FIRST = -Math.log(0.25);
    private static final double SECOND = -Math.log(0.75);

    private static INDArray row(DataType type, double... values) {
        return TestArrays.of(type, values, 1, values.length);
    }

    private static Evaluated softmax(Loss loss, double[] logits, int k) {
        return evaluate(loss, row(DataType.DOUBLE, logits), TestArrays.vector(DataType.DOUBLE, k));
    }

    private static void assertIs(Evaluated actual, double loss, double... gradient) {
        assertThat(actual.loss()).isEqualTo(loss, within(1e-15));
        assertThat(actual.gradient()).containsExactly(gradient, within(1e-15));
    }

    private static void assertIsExactly(Evaluated actual, double loss, double... gradient) {
        assertThat(actual.loss()).isEqualTo(Double.valueOf(loss));
        assertThat(actual.gradient()).containsExactly(gradient);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aMaskedClassCostsNothing(DataType type) {
        INDArray logits = row(type, -INF, 0);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

        assertIsExactly(evaluate(loss, logits, TestArrays.vector(type, 1)), 0, 0, 0);
        assertIsExactly(evaluate(loss, logits, row(type, 0, 1)), 0, 0, 0);
    }

    @Test
    void theOtherClassesShareTheProbability() {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

        assertIs(softmax(loss, MASKED, 2), SECOND, 0, 0.25, -0.25);
        assertIs(
                evaluate(loss, row(DataType.DOUBLE, MASKED), row(DataType.DOUBLE, 0, 0.5, 0.5)),
                (FIRST + SECOND) / 2,
                0,
                -0.25,
                0.25);
        assertIs(softmax(loss.withClassWeights(7, 1, 3), MASKED, 2), SECOND, 0, 0.25, -0.25);
        assertIs(
                evaluate(
                        loss.withClassWeights(0, 1, 3),
                        row(DataType.DOUBLE, MASKED),
                        row(DataType.DOUBLE, 0.5, 0.25, 0.25)),
                (FIRST + 3 * SECOND) / 4,
                0,
                0,
                0);
    }

    @Test
    void aMaskedClassThatIsRightOrHasAShareCostsInfinitely() {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

        assertIs(softmax(loss, MASKED, 0), INF, -1, 0.25, 0.75);
        assertIs(softmax(new SoftmaxCrossEntropy(0.3), MASKED, 1), INF, -0.1, 0.25 - 0.8, 0.75 - 0.1);
        assertIs(softmax(loss, new double[] {-INF, -INF}, 0), NAN, NAN, NAN);
    }

    @Test
    void aSingleInfiniteLogitIsCertain() {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        double[] sure = {3, INF, -INF};

        assertIsExactly(softmax(loss, sure, 1), 0, 0, 0, 0);
        assertIsExactly(softmax(loss, sure, 0), INF, -1, 1, 0);
        assertIs(softmax(loss, new double[] {INF, INF}, 0), NAN, NAN, NAN);
        assertIs(softmax(loss, new double[] {INF, NAN}, 0), NAN, NAN, NAN);
    }

    @Test
    void aNanBesideAMaskIsNotHidden() {
        assertIs(softmax(new SoftmaxCrossEntropy(), new double[] {-INF, 0, NAN}, 1), NAN, NAN, NAN, NAN);
    }

    @ParameterizedTest(name = "logit {0}, target {1}: loss {2}, gradient {3}")
    @CsvSource({
        "-Infinity, 0, 0, 0",
        "Infinity, 1, 0, 0",
        "-Infinity, 1, Infinity, -3",
        "Infinity, 0, Infinity, 1",
        "-Infinity, 0.5, Infinity, -1.5",
        "NaN, 0, NaN, NaN",
        "NaN, 1, NaN, NaN"
    })
    void aSureAnswerToAYesOrNoQuestion(double logit, double target, double loss, double gradient) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            assertIsExactly(evaluate(new BinaryCrossEntropy(3), row(type, logit), row(type, target)), loss, gradient);
        }
    }

    @Test
    void logProbabilitiesOfMinusInfinity() {
        INDArray logs = row(DataType.DOUBLE, -INF, FIRST * -1, SECOND * -1);

        assertIs(evaluate(new NegativeLogLikelihood(), logs, TestArrays.vector(DataType.DOUBLE, 2)), SECOND, 0, 0, -1);
        assertIs(evaluate(new NegativeLogLikelihood(), logs, TestArrays.vector(DataType.DOUBLE, 0)), INF, -1, 0, 0);
        assertIsExactly(
                evaluate(
                        new NegativeLogLikelihood().withClassWeights(0, 1, 1),
                        logs,
                        TestArrays.vector(DataType.DOUBLE, 0)),
                0,
                0,
                0,
                0);
        assertIs(
                evaluate(new KullbackLeibler(), logs, row(DataType.DOUBLE, 0, 0.5, 0.5)),
                Math.log(0.5) + (FIRST + SECOND) / 2,
                0,
                -0.5,
                -0.5);
        assertIs(evaluate(new KullbackLeibler(), logs, row(DataType.DOUBLE, 0.5, 0, 0.5)), INF, -0.5, 0, -0.5);
    }

    @Test
    void errorsOfInfinitePredictionsAreInfiniteAndNotNan() {
        INDArray zero = row(DataType.DOUBLE, 0);
        INDArray infinite = row(DataType.DOUBLE, -INF);

        assertIs(evaluate(new MeanSquaredError(), infinite, zero), INF, -INF);
        assertIs(evaluate(new MeanAbsoluteError(), infinite, zero), INF, -1);
        assertIs(evaluate(new Huber(2), infinite, zero), INF, -2);
    }
}
