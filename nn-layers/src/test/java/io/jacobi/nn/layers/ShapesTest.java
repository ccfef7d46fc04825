package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer, on inputs of every rank: it takes the shape, or names it. */
class ShapesTest {

    private static final List<Shape> SHAPES = List.of(
            Shape.of(),
            Shape.of(1),
            Shape.of(3),
            Shape.of(1, 1),
            Shape.of(2, 3),
            Shape.of(1, 1, 1),
            Shape.of(4, 5, 5),
            Shape.of(2, 2, 3, 4));

    static Stream<Layer> layers() {
        return LayerChecks.all().stream().map(LayerCheck::subject).distinct();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aShapeIsTakenOrNamedWhenTheModelIsBuilt(Layer layer) {
        for (Shape shape : SHAPES) {
            Throwable refusal =
                    catchThrowable(() -> Sequential.input(shape).add(layer).blueprint());
            if (refusal != null) {
                assertThat(refusal)
                        .as("%s on %s", layer, shape)
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContainingAll("expects", "received", "fix: ");
            }
        }
    }
}
