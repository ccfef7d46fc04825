package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class SliceTest {

    private static Shape outputOf(Slice layer, long... input) {
        return Sequential.input(Shape.of(input))
                .add(layer)
                .build(DataType.FLOAT, 1)
                .outputShape();
    }

    @Test
    void keepsTheOtherDimensions() {
        assertThat(outputOf(new Slice(2, 5), 7)).isEqualTo(Shape.of(3));
        assertThat(outputOf(new Slice(0, 1), 3, 4, 5)).isEqualTo(Shape.of(1, 4, 5));
        assertThat(outputOf(new Slice(0, 7), 7)).isEqualTo(Shape.of(7));
    }

    @Test
    void copiesThePartOfEachExample() {
        double[] x = {10, 20, 30, 40, 50, 60, 70, 80};
        LayerRun run = LayerRun.of(new Slice(1, 3), DataType.FLOAT, Shape.of(4), x, new double[] {1, 2, 3, 4});

        assertThat(run.y()).containsExactly(20, 30, 60, 70);
        assertThat(run.dx()).containsExactly(0, 1, 2, 0, 0, 3, 4, 0);
    }

    @Test
    void entriesOfImagesAreChannels() {
        double[] x = {1, 2, 3, 4, 5, 6};
        LayerRun run = LayerRun.of(new Slice(1, 3), DataType.DOUBLE, Shape.of(3, 1, 2), x, new double[] {7, 8, 9, 10});

        assertThat(run.y()).containsExactly(3, 4, 5, 6);
        assertThat(run.dx()).containsExactly(0, 0, 7, 8, 9, 10);
    }

    @Test
    void slicesSideBySideAreTheirInput() {
        double[] x = {1, 2, 3, 4, 5};
        double[] dy = {5, 4, 3, 2, 1};
        Concat identity = Concat.of(new Slice(0, 2), new Slice(2, 5));
        LayerRun run = LayerRun.of(identity, DataType.FLOAT, Shape.of(5), x, dy);

        assertThat(run.y()).containsExactly(x);
        assertThat(run.dx()).containsExactly(dy);
    }

    @Test
    void refusesAnInputThatEndsBeforeIt() {
        assertThatThrownBy(() -> outputOf(new Slice(2, 5), 4))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[n, ...] per example with n >= 5")
                .hasMessageContaining("received [4]");
        assertThatThrownBy(() -> outputOf(new Slice(0, 1))).isInstanceOf(ShapeException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "2, 2", "3, 1"})
    void refusesImpossibleBounds(int from, int to) {
        assertThatThrownBy(() -> new Slice(from, to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Slice is from " + from + " to " + to)
                .hasMessageContaining("expected 0 <= from < to");
    }

    @Test
    void isCalledByItsBounds() {
        assertThat(new Slice(2, 5)).hasToString("Slice(2, 5)").isEqualTo(new Slice(2, 5));
    }
}
