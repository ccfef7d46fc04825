package io.jacobi.nn.derivative;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The derivatives of a loss do not compute with examples of weight 0 and of an ignored class. */
class LeftOutExamplesTest {

    private static final double NAN = Double.NaN;

    private final Sequential model =
            Sequential.input(Shape.of(2)).add(new Dense(2)).build(DataType.DOUBLE, 1);
    private final INDArray features =
            TestArrays.of(DataType.DOUBLE, new double[] {NAN, 1, 1, -2, NAN, NAN, 0.5, 3}, 4, 2);
    private final INDArray labels = TestArrays.vector(DataType.DOUBLE, -100, 1, -100, 0);
    private final Expansion expected = LossDerivatives.of(model, new SoftmaxCrossEntropy())
            .at(
                    TestArrays.of(DataType.DOUBLE, new double[] {1, -2, 0.5, 3}, 2, 2),
                    TestArrays.vector(DataType.DOUBLE, 1, 0));

    private void assertIsExpected(Expansion actual) {
        assertThat(actual.value()).isEqualTo(expected.value());
        assertThat(Vectors.toDoubles(actual.gradient().flat()))
                .isEqualTo(Vectors.toDoubles(expected.gradient().flat()));
        double[] dx = Vectors.toDoubles(expected.gradient().input());
        assertThat(Vectors.toDoubles(actual.gradient().input()))
                .as("a row for each example")
                .containsExactly(0, 0, dx[0], dx[1], 0, 0, dx[2], dx[3]);
        assertThat(Vectors.toDoubles(actual.hessian().matrix()))
                .isEqualTo(Vectors.toDoubles(expected.hessian().matrix()));
    }

    @Test
    void ofWeightZero() {
        assertIsExpected(
                LossDerivatives.of(model, new SoftmaxCrossEntropy()).at(Batch.of(features, labels, 0, 1, 0, 1)));
    }

    @Test
    void ofAnIgnoredClass() {
        assertIsExpected(LossDerivatives.of(model, new SoftmaxCrossEntropy().ignoreIndex(-100))
                .at(features, labels));
    }

    @Test
    void ofABatchInWhichNothingCounts() {
        INDArray finite = TestArrays.normal(DataType.DOUBLE, 1, 4, 2);
        Expansion none = LossDerivatives.of(model, new SoftmaxCrossEntropy().ignoreIndex(-100))
                .at(finite, TestArrays.vector(DataType.DOUBLE, -100, -100, -100, -100));

        assertThat(none.value()).isZero();
        assertThat(Vectors.toDoubles(none.gradient().flat())).containsOnly(0);
        assertThat(Vectors.toDoubles(none.gradient().input())).hasSize(8).containsOnly(0);
    }

    @Test
    void anExampleThatOccursTwiceCountsTwice() {
        Batch once = Batch.of(features, features, 0, 1, 0, 1);
        Batch twice = new Batch(once.data(), new int[] {3, 0, 3, 1}, 0, 4);
        double[] dx = Vectors.toDoubles(LossDerivatives.of(model, new MeanSquaredError())
                .at(twice)
                .gradient()
                .input());

        assertThat(dx).hasSize(8).doesNotContain(NAN);
        assertThat(new double[] {dx[2], dx[3]}).as("left out").containsOnly(0);
        assertThat(new double[] {dx[4], dx[5]}).isEqualTo(new double[] {dx[0], dx[1]});
        assertThat(dx[6]).isNotZero();
    }
}
