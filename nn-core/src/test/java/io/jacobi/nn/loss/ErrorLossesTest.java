package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** MeanSquaredError, MeanAbsoluteError and Huber: three functions of the same error. */
class ErrorLossesTest {

    /** Errors 0.5, -2, 0 and 3. */
    private static final double[] PREDICTIONS = {1.5, -1, 4, 3};

    private static final double[] TARGETS = {1, 1, 4, 0};

    private static Evaluated of(Loss loss, DataType type) {
        return evaluate(loss, TestArrays.of(type, PREDICTIONS, 2, 2), TestArrays.of(type, TARGETS, 2, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void squaredErrorIsTheMeanOverAllElements(DataType type) {
        Evaluated result = of(new MeanSquaredError(), type);

        assertThat(result.loss()).isEqualTo((0.25 + 4 + 9) / 4);
        assertThat(result.gradient()).containsExactly(2 * 0.5 / 4, -2 * 2 / 4d, 0, 2 * 3 / 4d);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void absoluteErrorHasSlopeZeroAtItsKink(DataType type) {
        Evaluated result = of(new MeanAbsoluteError(), type);

        assertThat(result.loss()).isEqualTo((0.5 + 2 + 3) / 4);
        assertThat(result.gradient()).containsExactly(0.25, -0.25, 0, 0.25);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void huberIsSquaredNearAndLinearFar(DataType type) {
        Evaluated result = of(new Huber(1), type);

        assertThat(result.loss()).isEqualTo((0.125 + 1.5 + 2.5) / 4);
        assertThat(result.gradient()).containsExactly(0.5 / 4, -1 / 4d, 0, 1 / 4d);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 7})
    void huberMeetsSmoothlyAtDelta(double delta) {
        INDArray zero = TestArrays.vector(DataType.DOUBLE, 0);
        Evaluated at = evaluate(new Huber(delta), TestArrays.vector(DataType.DOUBLE, delta), zero);
        Evaluated beyond = evaluate(new Huber(delta), TestArrays.vector(DataType.DOUBLE, Math.nextUp(delta)), zero);

        assertThat(at.loss()).isCloseTo(delta * delta / 2, within(1e-14 * delta * delta));
        assertThat(beyond.loss()).isCloseTo(at.loss(), within(1e-14 * delta * delta));
        assertThat(beyond.gradient()).containsExactly(at.gradient());
        assertThat(at.gradient()).containsExactly(delta);
    }

    @Test
    void aWideHuberIsHalfTheSquaredError() {
        Evaluated half = of(new MeanSquaredError(), DataType.DOUBLE);
        Evaluated huber = of(new Huber(100), DataType.DOUBLE);

        assertThat(huber.loss()).isEqualTo(half.loss() / 2);
    }

    @ParameterizedTest(name = "an error of {0}: squared {1}, absolute {2}, Huber {3}")
    @CsvSource({"1e4, 1e8, 1e4, 9999.5", "-1e4, 1e8, 1e4, 9999.5"})
    void largeErrorsStayFinite(double error, double squared, double absolute, double huber) {
        INDArray y = TestArrays.vector(DataType.FLOAT, error);
        INDArray zero = TestArrays.vector(DataType.FLOAT, 0);

        assertThat(evaluate(new MeanSquaredError(), y, zero).loss()).isEqualTo(squared);
        assertThat(evaluate(new MeanAbsoluteError(), y, zero).loss()).isEqualTo(absolute);
        assertThat(evaluate(new Huber(), y, zero).loss()).isEqualTo(huber);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void deltaIsPositiveAndFinite(double delta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Huber(delta))
                .withMessageContaining("Huber's delta is " + delta)
                .withMessageContaining("expected a positive, finite number");
    }

    @Test
    void haveReadableTexts() {
        assertThat(new Huber(0.5)).hasToString("Huber(0.5)");
        assertThat(new MeanSquaredError()).hasToString("MeanSquaredError");
        assertThat(new MeanAbsoluteError()).hasToString("MeanAbsoluteError");
    }
}
