package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    void ofEqualOutputsTheFirstCounts() {
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
                .as("each start counts afresh")
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"700, 10", "3, 3000"})
    void goesOnPastATile(int batch, int classes) {
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
    void takesClassIndicesAndRows(int outputs, int targets) {
        assertThatNoException().isThrownBy(() -> new Accuracy().check(Shape.of(outputs), Shape.of(targets)));
    }
}
