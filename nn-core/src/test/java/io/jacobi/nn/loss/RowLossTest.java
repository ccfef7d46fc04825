package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import io.jacobi.nn.math.Scratch;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What all losses share: tiles, the mean, weights of examples. */
class RowLossTest {

    static Stream<Arguments> sizes() {
        return Stream.of(new MeanSquaredError(), new BinaryCrossEntropy(2), new NegativeLogLikelihood())
                .flatMap(loss -> Stream.of(
                        Arguments.of(loss, DataType.FLOAT, 700, 10),
                        Arguments.of(loss, DataType.DOUBLE, 700, 10),
                        Arguments.of(loss, DataType.DOUBLE, 2, 1024),
                        Arguments.of(loss, DataType.DOUBLE, 5000, 2),
                        Arguments.of(loss, DataType.FLOAT, 3, 3001),
                        Arguments.of(loss, DataType.DOUBLE, 3, 3001)));
    }

    @ParameterizedTest(name = "{0} {1}: {2} examples of {3} outputs")
    @MethodSource("sizes")
    void overManyTilesIsTheWeightedSumOfRows(Loss loss, DataType type, int batch, int outputs) {
        double[] y = TestArrays.normals(5, batch * outputs);
        double[] w = IntStream.range(0, batch).mapToDouble(i -> i % 5 / 4d).toArray();
        boolean indices = loss instanceof NegativeLogLikelihood;
        int width = indices ? 1 : outputs;
        double[] t = new double[batch * width];
        Arrays.setAll(t, i -> indices ? (i * 7919) % outputs : i % 3 / 2d);

        Evaluated all = evaluate(
                loss,
                TestArrays.of(type, y, batch, outputs),
                targets(type, t, batch, indices),
                TestArrays.vector(type, w));

        double sum = 0;
        double total = Arrays.stream(w).sum();
        for (int row = 0; row < batch; row++) {
            Evaluated one = evaluate(
                    loss,
                    TestArrays.of(type, Arrays.copyOfRange(y, row * outputs, (row + 1) * outputs), 1, outputs),
                    targets(type, Arrays.copyOfRange(t, row * width, (row + 1) * width), 1, indices));
            sum += w[row] * one.loss();
            double share = w[row] / total;
            double[] expected =
                    Arrays.stream(one.gradient()).map(g -> g * share).toArray();
            assertThat(Arrays.copyOfRange(all.gradient(), row * outputs, (row + 1) * outputs))
                    .as("gradient of row %d", row)
                    .containsExactly(expected, within(2e-7 * share));
        }
        assertThat(all.loss()).isCloseTo(sum / total, within(1e-12));
    }

    private static INDArray targets(DataType type, double[] values, int batch, boolean indices) {
        return indices ? TestArrays.vector(type, values) : TestArrays.of(type, values, batch, values.length / batch);
    }

    @Test
    void weightsOfOneChangeNoBit() {
        INDArray logits = TestArrays.normal(DataType.FLOAT, 3, 50, 7);
        INDArray target = TestArrays.vector(
                DataType.FLOAT, IntStream.range(0, 50).mapToDouble(i -> i % 7).toArray());
        double[] ones = new double[50];
        Arrays.fill(ones, 1);

        Evaluated plain = evaluate(new SoftmaxCrossEntropy(), logits, target);
        Evaluated weighted =
                evaluate(new SoftmaxCrossEntropy(), logits, target, TestArrays.vector(DataType.FLOAT, ones));

        assertThat(weighted.loss()).isEqualTo(plain.loss());
        assertThat(weighted.gradient()).isEqualTo(plain.gradient());
    }

    @Test
    void weightsOfZeroAloneGiveZero() {
        INDArray weights = TestArrays.vector(DataType.FLOAT, 0, 0);
        INDArray target = TestArrays.of(DataType.FLOAT, new double[6], 2, 3);

        Evaluated result =
                evaluate(new MeanSquaredError(), TestArrays.normal(DataType.FLOAT, 1, 2, 3), target, weights);

        assertThat(result.loss()).isZero();
        assertThat(result.gradient()).containsExactly(new double[6], within(0.0));
        assertThat(new MeanSquaredError().divisor(target, weights, new Scratch()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void anImpossibleWeightNamesItsExample(double weight) {
        double[] weights = new double[3000];
        weights[2999] = weight;
        INDArray target = TestArrays.vector(DataType.FLOAT, new double[3000]);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        evaluate(new MeanSquaredError(), target, target, TestArrays.vector(DataType.FLOAT, weights)))
                .withMessageContaining("The weight of example 2999 of the batch is " + weight)
                .withMessageContaining("expected a finite number that is not negative")
                .withMessageContaining("fix: ");
    }

    @Test
    void thereIsAWeightForEachExample() {
        INDArray target = TestArrays.vector(DataType.FLOAT, 1, 2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> evaluate(new MeanSquaredError(), target, target, TestArrays.vector(DataType.FLOAT, 1, 2)))
                .withMessageContaining("There are 2 weights for 3 examples");
    }

    @Test
    void aLossThatIsNoRowLossTakesNoWeights() {
        Loss own = new Loss() {
            @Override
            public void check(Shape prediction, Shape target) {}

            @Override
            public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
                return 0;
            }

            @Override
            public String toString() {
                return "Own";
            }
        };
        INDArray one = TestArrays.vector(DataType.FLOAT, 1);

        assertThat(own.takesWeights()).isFalse();
        assertThat(own.divisor(one, new Scratch())).isEqualTo(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> own.valueAndGradient(one, one, one, one, new Scratch()))
                .withMessage("Own takes no weights");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> own.divisor(one, one, new Scratch()));
    }
}
