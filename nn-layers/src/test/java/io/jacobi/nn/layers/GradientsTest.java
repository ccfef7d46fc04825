package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer, by every check. */
class GradientsTest {

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new Affine(3), Shape.of(5)),
                Arguments.of(new Affine(1), Shape.of(1)),
                Arguments.of(new Affine(4).withoutBias(), Shape.of(2)),
                Arguments.of(new Relu(), Shape.of(7)),
                Arguments.of(new Relu(), Shape.of(2, 3)),
                Arguments.of(new Sigmoid(), Shape.of(7)),
                Arguments.of(new Tanh(), Shape.of(2, 3)),
                Arguments.of(new Flatten(), Shape.of(2, 3, 4)),
                Arguments.of(Chain.of(new Affine(4), new Tanh(), new Affine(2)), Shape.of(3)),
                Arguments.of(Residual.of(new Affine(4), new Tanh(), new Affine(3)), Shape.of(3)),
                Arguments.of(
                        Residual.of(Chain.of(new Affine(3), new Relu()), Residual.of(new Sigmoid())), Shape.of(3)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("layers")
    void agreeWithCentralDifferences(Layer layer, Shape input) {
        GradientReport report = GradientCheck.of(layer).input(input).verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).isPositive();
    }
}
