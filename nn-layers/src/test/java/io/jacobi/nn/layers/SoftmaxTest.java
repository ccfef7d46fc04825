package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Softmax and LogSoftmax. */
class SoftmaxTest {

    private static final List<DataType> TYPES = List.of(DataType.FLOAT, DataType.DOUBLE);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 2048, 5000})
    void rowsSumToOneAndTheirGradientToZero(int classes) {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = random.doubles(3L * classes, -5, 5).toArray();
        double[] dy = random.doubles(3L * classes, -1, 1).toArray();
        LayerRun run = LayerRun.of(new Softmax(), DataType.DOUBLE, Shape.of(classes), x, dy);

        for (int n = 0; n < 3; n++) {
            double[] y = Arrays.copyOfRange(run.y(), n * classes, (n + 1) * classes);
            double[] dx = Arrays.copyOfRange(run.dx(), n * classes, (n + 1) * classes);
            assertThat(Arrays.stream(y)).allMatch(p -> p > 0 && p <= 1);
            assertThat(Arrays.stream(y).sum()).isCloseTo(1, within(1e-13));
            assertThat(Arrays.stream(dx).sum()).isCloseTo(0, within(1e-13));
        }
    }

    @Test
    void worksAlongTheLastDimension() {
        double ln3 = Math.log(3);
        double[] x = {0, ln3, 0, 0, ln3, 0, 5, 5};
        double[] dy = new double[8];

        assertThat(LayerRun.of(new Softmax(), DataType.DOUBLE, Shape.of(2, 2), x, dy)
                        .y())
                .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5, 0.75, 0.25, 0.5, 0.5}, within(1e-15));
    }

    @Test
    void ignoresANumberAddedToAWholeRow() {
        double[] low = LayerRun.of(new Softmax(), DataType.DOUBLE, 1, 2, 3).y();
        double[] high = LayerRun.of(new Softmax(), DataType.DOUBLE, 10_001, 10_002, 10_003)
                .y();

        assertThat(high).containsExactly(low);
    }

    @Test
    void logSoftmaxIsTheLogarithmOfSoftmax() {
        double[] x = new SplittableRandom(2).doubles(50, -5, 5).toArray();
        double[] probabilities = LayerRun.of(new Softmax(), DataType.DOUBLE, x).y();
        double[] logarithms = LayerRun.of(new LogSoftmax(), DataType.DOUBLE, x).y();

        assertThat(Arrays.stream(logarithms).map(Math::exp).toArray()).containsExactly(probabilities, within(1e-15));
    }

    @Test
    void logSoftmaxIsFiniteWhereTheProbabilityIsZero() {
        for (DataType type : TYPES) {
            LayerRun run = LayerRun.of(new LogSoftmax(), type, -1e4, 1e4);

            assertThat(run.y()).containsExactly(-2e4, 0);
            assertThat(run.dx()).containsExactly(1, -1);
            assertThat(LayerRun.of(new Softmax(), type, -1e4, 1e4).y()).containsExactly(0, 1);
        }
    }

    @Test
    void minusInfinityMasksAClass() {
        double masked = Double.NEGATIVE_INFINITY;

        assertThat(LayerRun.of(new Softmax(), DataType.FLOAT, 1, masked, 1).y()).containsExactly(0.5, 0, 0.5);
        assertThat(LayerRun.of(new LogSoftmax(), DataType.DOUBLE, 1, masked, 1).y())
                .containsExactly(new double[] {-Math.log(2), masked, -Math.log(2)}, within(1e-15));
    }

    @Test
    void aNaNBreaksItsRowAndNoOther() {
        double[] x = {1, Double.NaN, 2, 3, 1, 2};
        double[] dy = {1, 2, 3, 4, 5, 6};
        for (Layer layer : List.of(new Softmax(), new LogSoftmax())) {
            for (DataType type : TYPES) {
                LayerRun run = LayerRun.of(layer, type, Shape.of(2, 3), x, dy);

                assertThat(Arrays.stream(Arrays.copyOf(run.y(), 3))).allMatch(v -> v.isNaN());
                assertThat(Arrays.stream(Arrays.copyOf(run.dx(), 3))).allMatch(v -> v.isNaN());
                assertThat(Arrays.stream(Arrays.copyOfRange(run.y(), 3, 6))).allMatch(Double::isFinite);
                assertThat(Arrays.stream(Arrays.copyOfRange(run.dx(), 3, 6))).allMatch(Double::isFinite);
            }
        }
    }

    @Test
    void refuseExamplesWithoutADimension() {
        for (Layer layer : List.of(new Softmax(), new LogSoftmax())) {
            Sequential.Builder model = Sequential.input(Shape.of()).add(layer);

            assertThatThrownBy(() -> model.build(DataType.FLOAT, 1))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("Layer 1 of 1, " + layer)
                    .hasMessageContaining("rank 1 per example or more")
                    .hasMessageContaining("received []");
        }
    }
}
