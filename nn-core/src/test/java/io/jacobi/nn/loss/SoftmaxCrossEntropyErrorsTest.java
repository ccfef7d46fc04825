package io.jacobi.nn.loss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SoftmaxCrossEntropyErrorsTest {

    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy();

    private static void evaluate(INDArray target) {
        INDArray logits = TestArrays.of(DataType.FLOAT, new double[6], 2, 3);
        LOSS.valueAndGradient(logits, target, TestArrays.of(DataType.FLOAT, new double[6], 2, 3), new Scratch());
    }

    @ParameterizedTest(name = "class {0}")
    @CsvSource({"3, 3", "-1, -1", "0.5, 0.5", "NaN, NaN", "1e10, 1.0E10", "Infinity, Infinity"})
    void anImpossibleLabelIsNamedWithRowValueAndRange(double label, String shown) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(TestArrays.vector(DataType.FLOAT, 0, label)))
                .withMessageContaining("example 1 of the batch is class " + shown + "\n")
                .withMessageContaining("expected a whole number from 0 to 2")
                .withMessageContaining("fix: ");
    }

    @Test
    void labelsFromOneToTheNumberOfClassesGetTheFixThatFitsThem() {
        String hint = "fix: labels start at 0: if yours go from 1 to 3, subtract 1 from each";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(TestArrays.vector(DataType.FLOAT, 1, 3)))
                .withMessageContaining(hint);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(TestArrays.vector(DataType.FLOAT, 1, 4)))
                .withMessageNotContaining(hint);
    }

    @Test
    void aLabelInALaterTileIsNamedByItsRowInTheBatch() {
        double[] labels = new double[1000];
        labels[999] = 10;
        INDArray logits = TestArrays.of(DataType.FLOAT, new double[10_000], 1000, 10);
        INDArray gradient = TestArrays.of(DataType.FLOAT, new double[10_000], 1000, 10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.valueAndGradient(
                        logits, TestArrays.vector(DataType.FLOAT, labels), gradient, new Scratch()))
                .withMessageContaining("example 999 of the batch is class 10");
    }

    @ParameterizedTest(name = "({0}, {1}, {2})")
    @CsvSource({
        "-0.5, 1, 0.5, class 0 the probability -0.5",
        "0, NaN, 1, class 1 the probability NaN",
        "0.5, 0.25, 0, sum to 0.75",
        "1, 1, 1, sum to 3.0",
        "0, 0, Infinity, sum to Infinity"
    })
    void aRowThatIsNotADistributionIsNamed(double a, double b, double c, String complaint) {
        INDArray target = TestArrays.of(DataType.FLOAT, new double[] {0, 1, 0, a, b, c}, 2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(target))
                .withMessageContaining("example 1 of the batch")
                .withMessageContaining(complaint)
                .withMessageContaining("expected ");
    }

    @Test
    void aRowMayMissOneByFloatRounding() {
        INDArray target = TestArrays.of(DataType.FLOAT, new double[] {0, 1, 0, 1 / 3f, 1 / 3f, 0.3334}, 2, 3);

        assertThatCode(() -> evaluate(target)).doesNotThrowAnyException();
    }

    @Test
    void acceptsAClassIndexOrARowOfTheOutputsLength() {
        assertThatCode(() -> {
                    LOSS.check(Shape.of(10), Shape.of());
                    LOSS.check(Shape.of(10), Shape.of(10));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void anOutputThatIsNoVectorIsRejectedWithAFix() {
        assertThatThrownBy(() -> LOSS.check(Shape.of(28, 28), Shape.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        SoftmaxCrossEntropy cannot use the model's output
                          expects  [classes] per example
                          received [28, 28]
                          fix: end the model with a Flatten and an Affine layer of one unit for each class""");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9, 11})
    void targetsOfAnotherLengthAreRejectedWithAFix(long length) {
        assertThatThrownBy(() -> LOSS.check(Shape.of(10), Shape.of(length)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expects  a class index per example, [], or a row of probabilities, [10]")
                .hasMessageContaining("received [" + length + "]")
                .hasMessageContaining("fix: ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void smoothingIsAFraction(double smoothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftmaxCrossEntropy(smoothing))
                .withMessageContaining("expected 0 <= labelSmoothing < 1, received " + smoothing);
    }
}
