package io.jacobi.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SoftmaxCrossEntropyTest {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Evaluated(double loss, double[] gradient) {}

    private static Evaluated evaluate(SoftmaxCrossEntropy loss, INDArray logits, INDArray target) {
        INDArray gradient = Memory.view(Memory.vector(logits.dataType(), logits.length()), 0, logits.shape());
        double value = loss.valueAndGradient(logits, target, gradient, new Scratch());
        return new Evaluated(value, Vectors.toDoubles(gradient));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void matchesNumbersComputedByHand(DataType type) {
        // softmax of (0, ln 3) is (1/4, 3/4), of (0, 0) is (1/2, 1/2)
        INDArray logits = TestArrays.of(type, new double[] {0, Math.log(3), 0, 0}, 2, 2);

        Evaluated result = evaluate(new SoftmaxCrossEntropy(), logits, TestArrays.vector(type, 0, 1));

        assertThat(result.loss()).isCloseTo((Math.log(4) + Math.log(2)) / 2, within(1e-7));
        assertThat(result.gradient())
                .containsExactly(new double[] {-0.75 / 2, 0.75 / 2, 0.5 / 2, -0.5 / 2}, within(1e-7));
    }

    @Test
    void labelSmoothingMovesThatShareToTheUniformDistribution() {
        INDArray logits = TestArrays.of(DataType.DOUBLE, new double[] {0, Math.log(3)}, 1, 2);

        Evaluated result = evaluate(new SoftmaxCrossEntropy(0.2), logits, TestArrays.vector(DataType.DOUBLE, 0));

        // q' = (0.9, 0.1)
        assertThat(result.loss()).isCloseTo(-0.9 * Math.log(0.25) - 0.1 * Math.log(0.75), within(1e-12));
        assertThat(result.gradient()).containsExactly(new double[] {0.25 - 0.9, 0.75 - 0.1}, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void anIndexIsARowWithOneOne(double smoothing) {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(smoothing);
        INDArray logits = TestArrays.normal(DataType.DOUBLE, 3, 2, 3);

        Evaluated byIndex = evaluate(loss, logits, TestArrays.vector(DataType.DOUBLE, 2, 0));
        Evaluated byRow = evaluate(loss, logits, TestArrays.of(DataType.DOUBLE, new double[] {0, 0, 1, 1, 0, 0}, 2, 3));

        assertThat(byIndex.loss()).isCloseTo(byRow.loss(), within(1e-14));
        assertThat(byIndex.gradient()).containsExactly(byRow.gradient(), within(1e-14));
    }

    @ParameterizedTest(name = "{0}, target {1}: loss {2}")
    @CsvSource({"FLOAT, 0, 0", "FLOAT, 1, 20000", "DOUBLE, 0, 0", "DOUBLE, 1, 20000"})
    void largeLogitsNeitherOverflowNorTakeTheLogarithmOfZero(DataType type, int target, double expected) {
        INDArray logits = TestArrays.of(type, new double[] {1e4, -1e4}, 1, 2);

        Evaluated result = evaluate(new SoftmaxCrossEntropy(), logits, TestArrays.vector(type, target));

        assertThat(result.loss()).isEqualTo(expected);
        assertThat(result.gradient()).containsExactly(target, -target);
    }

    @ParameterizedTest(name = "{0}: {1} examples of {2} classes")
    @CsvSource({
        "FLOAT, 700, 10",
        "DOUBLE, 700, 10",
        "DOUBLE, 2, 1024",
        "DOUBLE, 3, 2048",
        "FLOAT, 3, 3001",
        "DOUBLE, 3, 3001"
    })
    void overManyTilesEqualsRowByRow(DataType type, int batch, int classes) {
        double[] z = TestArrays.normals(5, batch * classes);
        double[] labels = new double[batch];
        Arrays.setAll(labels, i -> (i * 7919) % classes);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0.1);

        Evaluated all = evaluate(loss, TestArrays.of(type, z, batch, classes), TestArrays.vector(type, labels));

        double sum = 0;
        for (int row = 0; row < batch; row++) {
            double[] logits = Arrays.copyOfRange(z, row * classes, (row + 1) * classes);
            Evaluated one =
                    evaluate(loss, TestArrays.of(type, logits, 1, classes), TestArrays.vector(type, labels[row]));
            sum += one.loss();
            double[] expected =
                    Arrays.stream(one.gradient()).map(g -> g / batch).toArray();
            assertThat(Arrays.copyOfRange(all.gradient(), row * classes, (row + 1) * classes))
                    .as("gradient of row %d", row)
                    .containsExactly(expected, within(1e-7 / batch));
        }
        assertThat(all.loss()).isCloseTo(sum / batch, within(1e-12));
    }

    @Test
    void ofEqualLogitsIsTheLogarithmOfTheNumberOfClasses() {
        INDArray logits = TestArrays.of(DataType.FLOAT, new double[30], 3, 10);

        assertThat(evaluate(new SoftmaxCrossEntropy(), logits, TestArrays.vector(DataType.FLOAT, 0, 5, 9))
                        .loss())
                .isCloseTo(Math.log(10), within(1e-12));
    }
}
