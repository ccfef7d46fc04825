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

class NegativeLogLikelihoodTest {

    private static final NegativeLogLikelihood LOSS = new NegativeLogLikelihood();
    private static final double[] LOGS = Arrays.stream(new double[] {0.125, 0.25, 0.625, 0.6, 0.2, 0.2})
            .map(Math::log)
            .toArray();

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void matchesNumbersComputedByHand(DataType type) {
        Evaluated result = evaluate(LOSS, TestArrays.of(type, LOGS, 2, 3), TestArrays.vector(type, 2, 1));

        assertThat(result.loss()).isCloseTo((-Math.log(0.625) - Math.log(0.2)) / 2, within(1e-7));
        assertThat(result.gradient()).containsExactly(0, 0, -0.5, 0, -0.5, 0);
    }

    @Test
    void dividesByTheWeightsOfTheClassesThatOccur() {
        Loss weighted = LOSS.withClassWeights(7, 1, 3);

        Evaluated result = evaluate(
                weighted, TestArrays.of(DataType.DOUBLE, LOGS, 2, 3), TestArrays.vector(DataType.DOUBLE, 2, 1));

        assertThat(result.loss()).isCloseTo((-3 * Math.log(0.625) - Math.log(0.2)) / 4, within(1e-15));
        assertThat(result.gradient()).containsExactly(0, 0, -0.75, 0, -0.25, 0);
    }

    @Test
    void isSoftmaxCrossEntropyOfLogProbabilities() {
        INDArray logs = TestArrays.of(DataType.DOUBLE, LOGS, 2, 3);
        INDArray target = TestArrays.vector(DataType.DOUBLE, 0, 1);

        assertThat(evaluate(LOSS, logs, target).loss())
                .isCloseTo(evaluate(new SoftmaxCrossEntropy(), logs, target).loss(), within(1e-15));
    }

    @Test
    void aNanBesideTheTargetIsNotHidden() {
        INDArray logs = TestArrays.of(DataType.FLOAT, new double[] {Double.NaN, -1, -1}, 1, 3);

        assertThat(evaluate(LOSS, logs, TestArrays.vector(DataType.FLOAT, 1)).loss())
                .isNaN();
    }

    @Test
    void aTargetThatTheModelCallsImpossibleCostsInfinitelyMuch() {
        INDArray logs = TestArrays.of(DataType.FLOAT, new double[] {Double.NEGATIVE_INFINITY, 0}, 1, 2);

        assertThat(evaluate(LOSS, logs, TestArrays.vector(DataType.FLOAT, 0)).loss())
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(evaluate(LOSS, logs, TestArrays.vector(DataType.FLOAT, 1)).loss())
                .isZero();
    }

    @ParameterizedTest(name = "class {0}")
    @CsvSource({"3, 3", "-1, -1", "0.5, 0.5", "NaN, NaN"})
    void anImpossibleLabelIsNamedWithRowValueAndRange(double label, String shown) {
        INDArray logs = TestArrays.of(DataType.FLOAT, LOGS, 2, 3);

        for (Loss loss : new Loss[] {LOSS, LOSS.withClassWeights(1, 2, 3)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> evaluate(loss, logs, TestArrays.vector(DataType.FLOAT, 0, label)))
                    .withMessageContaining("example 1 of the batch is class " + shown + "\n")
                    .withMessageContaining("expected a whole number from 0 to 2")
                    .withMessageContaining("fix: ");
        }
    }

    @Test
    void takesClassIndicesOnly() {
        assertThatCode(() -> LOSS.check(Shape.of(3), Shape.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> LOSS.check(Shape.of(3), Shape.of(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a class index per example, []")
                .hasMessageContaining("fix: give class indices; for rows of probabilities use KullbackLeibler");
        assertThatThrownBy(() -> LOSS.check(Shape.of(2, 3), Shape.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("NegativeLogLikelihood cannot use the model's output")
                .hasMessageContaining("received [2, 3]");
    }

    @Test
    void refusesProbabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.PROBABILITIES))
                .withMessageContaining("takes log-probabilities, and computes no logarithm itself")
                .withMessageContaining("expected log-probabilities")
                .withMessageContaining("received probabilities")
                .withMessageContaining("fix: end the model with LogSoftmax instead");
        assertThatCode(() -> LOSS.check(OutputKind.LOG_PROBABILITIES)).doesNotThrowAnyException();
        assertThatCode(() -> LOSS.check(OutputKind.ANY)).doesNotThrowAnyException();
    }
}
