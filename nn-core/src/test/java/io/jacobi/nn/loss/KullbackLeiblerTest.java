package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class KullbackLeiblerTest {

    private static final KullbackLeibler LOSS = new KullbackLeibler();

    private static INDArray logs(DataType type, double... probabilities) {
        return TestArrays.of(type, Arrays.stream(probabilities).map(Math::log).toArray(), 1, probabilities.length);
    }

    private static INDArray row(DataType type, double... probabilities) {
        return TestArrays.of(type, probabilities, 1, probabilities.length);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void matchesNumbersComputedByHand(DataType type) {
        Evaluated result = evaluate(LOSS, logs(type, 0.5, 0.25, 0.25), row(type, 0.25, 0.75, 0));

        assertThat(result.loss()).isCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(3), within(1e-7));
        assertThat(result.gradient()).containsExactly(new double[] {-0.25, -0.75, 0}, within(0.0));
    }

    @Test
    void isZeroWhereBothAgree() {
        double[] same = {0.1, 0.2, 0.7};

        assertThat(evaluate(LOSS, logs(DataType.DOUBLE, same), row(DataType.DOUBLE, same))
                        .loss())
                .isCloseTo(0, within(1e-15));
    }

    @Test
    void isTheCrossEntropyWithoutTheEntropyOfTheTarget() {
        double[] q = {0.2, 0.3, 0.5};
        double entropy = -Arrays.stream(q).map(p -> p * Math.log(p)).sum();
        INDArray logs = logs(DataType.DOUBLE, 0.6, 0.3, 0.1);

        assertThat(evaluate(LOSS, logs, row(DataType.DOUBLE, q)).loss())
                .isCloseTo(
                        evaluate(new SoftmaxCrossEntropy(), logs, row(DataType.DOUBLE, q))
                                        .loss()
                                - entropy,
                        within(1e-15));
    }

    @Test
    void anEventThatBothCallImpossibleCostsNothing() {
        assertThat(evaluate(LOSS, logs(DataType.DOUBLE, 0, 0.5, 0.5), row(DataType.DOUBLE, 0, 0.5, 0.5)))
                .satisfies(result -> assertThat(result.loss()).isZero())
                .satisfies(result -> assertThat(result.gradient()).doesNotContain(Double.NaN));
    }

    @Test
    void aTargetThatTheModelCallsImpossibleCostsInfinitelyMuch() {
        assertThat(evaluate(LOSS, logs(DataType.FLOAT, 0, 1), row(DataType.FLOAT, 0.5, 0.5))
                        .loss())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aNanIsNotHiddenByATargetOfZero() {
        INDArray logs = row(DataType.FLOAT, Double.NaN, -1);

        assertThat(evaluate(LOSS, logs, row(DataType.FLOAT, 0, 1)).loss()).isNaN();
    }

    @ParameterizedTest(name = "({0}, {1})")
    @CsvSource({
        "-0.5, 1.5, class 0 the probability -0.5",
        "0, NaN, class 1 the probability NaN",
        "0.5, 0.25, sum to 0.75"
    })
    void aRowThatIsNotADistributionIsNamed(double a, double b, String complaint) {
        INDArray target = TestArrays.of(DataType.FLOAT, new double[] {0, 1, a, b}, 2, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(LOSS, TestArrays.normal(DataType.FLOAT, 1, 2, 2), target))
                .withMessageContaining("example 1 of the batch")
                .withMessageContaining(complaint)
                .withMessageContaining("expected ")
                .withMessageContaining("fix: ");
    }

    @Test
    void takesRowsOfProbabilitiesOnly() {
        assertThatCode(() -> LOSS.check(Shape.of(3), Shape.of(3))).doesNotThrowAnyException();
        assertThatThrownBy(() -> LOSS.check(Shape.of(3), Shape.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a row of probabilities, [3]")
                .hasMessageContaining("for class indices use NegativeLogLikelihood");
        assertThatThrownBy(() -> LOSS.check(Shape.of(2, 3), Shape.of(2, 3))).isInstanceOf(ShapeException.class);
    }

    @Test
    void refusesProbabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.PROBABILITIES))
                .withMessageContaining("its gradient would be the same for every prediction")
                .withMessageContaining("fix: end the model with LogSoftmax instead");
        assertThatCode(() -> LOSS.check(OutputKind.LOG_PROBABILITIES)).doesNotThrowAnyException();
    }
}
