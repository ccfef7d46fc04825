package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class ReshapeTest {

    private static Shape outputOf(Reshape layer, long... input) {
        return Sequential.input(Shape.of(input))
                .add(layer)
                .build(DataType.FLOAT, 1)
                .outputShape();
    }

    @Test
    void givesTheSpecifiedShape() {
        assertThat(outputOf(new Reshape(1, 28, 28), 784)).isEqualTo(Shape.of(1, 28, 28));
        assertThat(outputOf(new Reshape(6), 2, 3)).isEqualTo(Shape.of(6));
        assertThat(outputOf(new Reshape(), 1)).isEqualTo(Shape.of());
    }

    @Test
    void infersOneDimension() {
        assertThat(outputOf(new Reshape(Reshape.INFERRED), 2, 3)).isEqualTo(Shape.of(6));
        assertThat(outputOf(new Reshape(4, -1, 2), 24)).isEqualTo(Shape.of(4, 3, 2));
        assertThat(outputOf(new Reshape(-1, 24), 24)).isEqualTo(Shape.of(1, 24));
    }

    @Test
    void keepsTheOrderOfTheElements() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        double[] dy = {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
        LayerRun run = LayerRun.of(new Reshape(3, 2), DataType.FLOAT, Shape.of(6), x, dy);

        assertThat(run.y()).containsExactly(x);
        assertThat(run.dx()).containsExactly(dy);
    }

    @Test
    void refusesAnotherNumberOfElements() {
        assertThatThrownBy(() -> outputOf(new Reshape(2, 4), 6))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("8 elements per example, for [2, 4]")
                .hasMessageContaining("received [6]")
                .hasMessageContaining("fix: choose dimensions whose product is 6");
        assertThatThrownBy(() -> outputOf(new Reshape(4, -1), 6))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("a multiple of 4 elements per example, for [4, -1]");
    }

    static List<List<Long>> impossible() {
        return List.of(List.of(0L), List.of(2L, -2L), List.of(-1L, -1L));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refusesImpossibleDimensions(List<Long> dims) {
        assertThatThrownBy(() -> new Reshape(dims))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Reshape has the dimensions " + dims)
                .hasMessageContaining("at least 1");
    }

    @Test
    void isCalledByItsDimensions() {
        assertThat(new Reshape(1, 28, 28)).hasToString("Reshape[1, 28, 28]").isEqualTo(new Reshape(1, 28, 28));
    }
}
