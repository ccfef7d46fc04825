package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class BinaryCrossEntropyTest {

    private static final BinaryCrossEntropy LOSS = new BinaryCrossEntropy();

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void matchesNumbersComputedByHand(DataType type) {
        // sigmoid(ln 3) = 3/4, sigmoid(0) = 1/2
        INDArray logits = TestArrays.of(type, new double[] {Math.log(3), 0, -Math.log(3), Math.log(3)}, 2, 2);
        INDArray target = TestArrays.of(type, new double[] {1, 1, 0, 0}, 2, 2);

        Evaluated result = evaluate(LOSS, logits, target);

        double expected = (-Math.log(0.75) - Math.log(0.5) - Math.log(0.75) - Math.log(0.25)) / 4;
        assertThat(result.loss()).isCloseTo(expected, within(1e-7));
        assertThat(result.gradient())
                .containsExactly(new double[] {-0.25 / 4, -0.5 / 4, 0.25 / 4, 0.75 / 4}, within(1e-7));
    }

    @Test
    void aYesCountsByItsWeight() {
        INDArray logits = TestArrays.vector(DataType.DOUBLE, Math.log(3), Math.log(3));
        INDArray target = TestArrays.vector(DataType.DOUBLE, 1, 0);

        Evaluated result = evaluate(LOSS.withPositiveWeight(5), logits, target);

        assertThat(result.loss()).isCloseTo((-5 * Math.log(0.75) - Math.log(0.25)) / 2, within(1e-14));
        assertThat(result.gradient()).containsExactly(new double[] {-5 * 0.25 / 2, 0.75 / 2}, within(1e-14));
    }

    @Test
    void isSmallestWhereTheProbabilityIsTheTarget() {
        INDArray logits = TestArrays.vector(DataType.DOUBLE, Math.log(3));

        Evaluated result = evaluate(LOSS, logits, TestArrays.vector(DataType.DOUBLE, 0.75));

        assertThat(result.gradient()[0]).isCloseTo(0, within(1e-15));
        assertThat(result.loss())
                .as("the entropy of the target")
                .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-14));
    }

    @ParameterizedTest(name = "{0}: logit {1}, target {2}: loss {3}, gradient {4}")
    @CsvSource({
        "FLOAT, 1e4, 1, 0, 0",
        "FLOAT, 1e4, 0, 1e4, 1",
        "FLOAT, -1e4, 1, 1e4, -1",
        "FLOAT, -1e4, 0, 0, 0",
        "DOUBLE, 1e4, 1, 0, 0",
        "DOUBLE, 1e4, 0, 1e4, 1",
        "DOUBLE, -1e4, 0.25, 2500, -0.25",
        "DOUBLE, 1e308, 0, 1e308, 1"
    })
    void largeLogitsNeitherOverflowNorTakeTheLogarithmOfZero(
            DataType type, double logit, double target, double loss, double gradient) {
        Evaluated result = evaluate(LOSS, TestArrays.vector(type, logit), TestArrays.vector(type, target));

        assertThat(result.loss()).isEqualTo(loss);
        assertThat(result.gradient()).containsExactly(gradient);
    }

    @Test
    void keepsItsDigitsWhereTheProbabilityRoundsToOne() {
        INDArray logit = TestArrays.vector(DataType.DOUBLE, 40);

        Evaluated result = evaluate(LOSS, logit, TestArrays.vector(DataType.DOUBLE, 1));

        double expected = Math.exp(-40);
        assertThat(result.loss()).isCloseTo(expected, within(1e-12 * expected));
        assertThat(result.gradient()[0]).isCloseTo(-expected, within(1e-12 * expected));
    }

    @Test
    void isOneLogitOfASoftmaxOverTwo() {
        double[] z = {0.3, -1.2, 2.5};
        INDArray pairs = TestArrays.of(DataType.DOUBLE, new double[] {0, z[0], 0, z[1], 0, z[2]}, 3, 2);
        INDArray target = TestArrays.vector(DataType.DOUBLE, 1, 0, 0);

        assertThat(evaluate(LOSS, TestArrays.vector(DataType.DOUBLE, z), target).loss())
                .isCloseTo(evaluate(new SoftmaxCrossEntropy(), pairs, target).loss(), within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1.0001, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void anImpossibleTargetIsNamedWithRowOutputAndValue(double target) {
        INDArray targets = TestArrays.of(DataType.DOUBLE, new double[] {0, 1, 1, target}, 2, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(LOSS, TestArrays.normal(DataType.DOUBLE, 1, 2, 2), targets))
                .withMessageContaining("target of example 1 of the batch is " + target + " for output 1\n")
                .withMessageContaining("expected a number from 0 (no) to 1 (yes)")
                .withMessageContaining("fix: ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void thePositiveWeightIsPositiveAndFinite(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.withPositiveWeight(weight))
                .withMessageContaining("positive targets is " + weight)
                .withMessageContaining("expected a positive, finite number");
    }

    @Test
    void refusesProbabilitiesAndLogProbabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.PROBABILITIES))
                .withMessageContaining("takes the sigmoid itself")
                .withMessageContaining("the model could never say no")
                .withMessageContaining("received probabilities")
                .withMessageContaining("fix: remove the layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.LOG_PROBABILITIES))
                .withMessageContaining("the model could never say yes")
                .withMessageContaining("received log-probabilities");
        assertThatCode(() -> LOSS.check(OutputKind.ANY)).doesNotThrowAnyException();
    }

    @Test
    void hasAReadableText() {
        assertThat(LOSS).hasToString("BinaryCrossEntropy");
        assertThat(LOSS.withPositiveWeight(2)).hasToString("BinaryCrossEntropy(positive weight 2.0)");
    }
}
