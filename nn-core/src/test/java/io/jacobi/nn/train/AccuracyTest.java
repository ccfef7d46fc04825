package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.math.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class AccuracyTest {

    private static final double NAN = Double.NaN;

    private static double of(DataType type, double[] outputs, int classes, double... labels) {
        Metric.Accumulator count = new Accuracy().start();
        INDArray prediction = TestArrays.of(type, outputs, labels.length, classes);
        count.add(prediction, TestArrays.vector(type, labels), new Scratch());
        return count.value();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void isTheShareOfRowsWhoseLargestOutputIsTheLabel(DataType type) {
        double[] outputs = {0.1, 0.9, 0, 5, -1, -2, -3, -2, -1, 0, 1, 2};

        assertThat(of(type, outputs, 3, 1, 0, 2, 0)).isEqualTo(0.75);
    }

    @Test
    void rowsOfProbabilitiesCountByTheirLargest() {
        INDArray outputs = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4}, 2, 2);
        INDArray targets = TestArrays.of(DataType.FLOAT, new double[] {0.4, 0.6, 0.7, 0.3}, 2, 2);
        Metric.Accumulator count = new Accuracy().start();
        count.add(outputs, targets, new Scratch());

        assertThat(count.value()).isEqualTo(0.5);
    }

    @Test
    void theFirstOfEqualOutputsCounts() {
        assertThat(of(DataType.FLOAT, new double[] {1, 1, 1, 1}, 2, 0, 1)).isEqualTo(0.5);
    }

    @Test
    void aNanIsNeverTheLargest() {
        assertThat(of(DataType.FLOAT, new double[] {1, NAN}, 2, 0)).isEqualTo(1);
        assertThat(of(DataType.FLOAT, new double[] {1, NAN}, 2, 1)).isZero();
        assertThat(of(DataType.FLOAT, new double[] {NAN, NAN}, 2, 0)).isZero();
        assertThat(of(DataType.FLOAT, new double[] {NAN, 1}, 2, 0)).isZero();
    }

    @Test
    void addsUpOverBatchesOfAnySize() {
        Metric.Accumulator count = new Accuracy().start();
        assertThat(count.value()).as("before the first batch").isNaN();
        Scratch scratch = new Scratch();
        INDArray one = TestArrays.of(DataType.FLOAT, new double[] {0, 1}, 1, 2);
        INDArray three = TestArrays.of(DataType.FLOAT, new double[] {0, 1, 0, 1, 1, 0}, 3, 2);
        count.add(one, TestArrays.vector(DataType.FLOAT, 0), scratch);
        count.add(three, TestArrays.vector(DataType.FLOAT, 1, 1, 0), scratch);

        assertThat(count.value()).isEqualTo(0.75);
        assertThat(new Accuracy().start().value())
                .as("each accumulator starts empty")
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"700, 10", "3, 3000"})
    void worksBeyondATile(int batch, int classes) {
        double[] outputs = new double[batch * classes];
        double[] labels = new double[batch];
        for (int i = 0; i < batch; i++) {
            labels[i] = (i * 7) % classes;
            // every third is wrong
            outputs[i * classes + (i % 3 == 0 ? ((int) labels[i] + 1) % classes : (int) labels[i])] = 1;
        }
        double wrong = Math.ceil(batch / 3.0);

        assertThat(of(DataType.FLOAT, outputs, classes, labels)).isCloseTo(1 - wrong / batch, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "2, 3", "4, 5"})
    void refusesOutputsThatItWouldMisread(int outputs, int targets) {
        assertThatThrownBy(() -> new Accuracy().check(Shape.of(outputs), Shape.of(targets)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll(
                        "accuracy cannot be judged", "two outputs or more", "[" + outputs + "]", "fix: ");
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "10, 1", "3, 3"})
    void acceptsClassIndicesAndRows(int outputs, int targets) {
        assertThatNoException().isThrownBy(() -> new Accuracy().check(Shape.of(outputs), Shape.of(targets)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, -1, 2, 0.5, 1e9, NAN})
    void aTargetThatIsNoClassIsRefused(double target) {
        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> of(DataType.DOUBLE, new double[] {0, 1, 0, 1}, 2, 1, target))
                .withMessageContainingAll(
                        "cannot judge the target of example 1 of the batch, which is " + target,
                        "expected a class, a whole number from 0 to 1",
                        "fix: use BinaryAccuracy");
    }

    @ParameterizedTest(name = "[{0}, {1}, {2}]")
    @CsvSource({"1, 0, 1", "0, 0, 0", "0.3, 2.7, 1", "-1, 1, 1", "NaN, 0, 1", "0, NaN, 1"})
    void aRowOfSeveralLabelsOrOfOtherNumbersIsRefused(double a, double b, double c) {
        INDArray outputs = TestArrays.of(DataType.DOUBLE, new double[6], 2, 3);
        INDArray targets = TestArrays.of(DataType.DOUBLE, new double[] {0, 1, 0, a, b, c}, 2, 3);

        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> new Accuracy().start().add(outputs, targets, new Scratch()))
                .withMessageContainingAll(
                        "cannot judge the target of example 1 of the batch",
                        "which sum to 1",
                        "fix: use BinaryAccuracy");
    }
}
