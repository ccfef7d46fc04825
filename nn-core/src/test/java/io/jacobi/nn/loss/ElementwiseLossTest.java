package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ElementwiseLossTest {

    static Stream<Loss> losses() {
        return Stream.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber(), new BinaryCrossEntropy());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void takeTargetsOfTheOutputsShapeOrANumberForASingleOutput(Loss loss) {
        for (Shape shape : List.of(Shape.of(), Shape.of(1), Shape.of(7), Shape.of(2, 3, 4))) {
            assertThatCode(() -> loss.check(shape, shape)).doesNotThrowAnyException();
        }
        assertThatCode(() -> loss.check(Shape.of(1), Shape.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void refuseTargetsOfAnotherShape(Loss loss) {
        assertThatThrownBy(() -> loss.check(Shape.of(4), Shape.of(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(loss.getClass().getSimpleName() + " cannot compare the targets")
                .hasMessageContaining("expects  targets of shape [4], the model's output")
                .hasMessageContaining("received [3]")
                .hasMessageContaining("fix: ");
        // PyTorch broadcasts these, and many a regression has been trained on the result
        assertThatThrownBy(() -> loss.check(Shape.of(4), Shape.of())).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> loss.check(Shape.of(2, 3), Shape.of(3, 2))).isInstanceOf(ShapeException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aTargetThatIsNoNumberNamesRowOutputAndValue(double target) {
        INDArray prediction = TestArrays.normal(DataType.FLOAT, 1, 3, 2);
        INDArray targets = TestArrays.of(DataType.FLOAT, new double[] {0, 0, 0, 0, target, 0}, 3, 2);

        for (Loss loss : List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> evaluate(loss, prediction, targets))
                    .withMessageContaining("The target of example 2 of the batch is " + target + " for output 0\n")
                    .withMessageContaining("expected a finite number")
                    .withMessageContaining("fix: ");
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void countForTheElementsThatTheyAverage(Loss loss) {
        INDArray target = TestArrays.of(DataType.FLOAT, new double[12], 2, 3, 2);
        INDArray weights = TestArrays.vector(DataType.FLOAT, 0.5, 3);

        assertThat(loss.divisor(target, new Scratch())).isEqualTo(12);
        assertThat(loss.divisor(target, weights, new Scratch())).isEqualTo(6 * 3.5);
    }
}
