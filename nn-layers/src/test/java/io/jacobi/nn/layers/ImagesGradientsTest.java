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

/** Layers on images, by every check. */
class ImagesGradientsTest {

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new Conv2d(3, 3), Shape.of(2, 5, 4)),
                Arguments.of(new Conv2d(3, 3).withPadding(1), Shape.of(2, 4, 5)),
                Arguments.of(new Conv2d(2, 3).withPadding(1), Shape.of(1, 4, 4)),
                Arguments.of(new Conv2d(2, 3).withStride(2).withPadding(1), Shape.of(2, 5, 6)),
                Arguments.of(new Conv2d(2, 3).withDilation(2).withPadding(2), Shape.of(2, 5, 4)),
                Arguments.of(
                        new Conv2d(2, 3, 2).withStride(1, 3).withPadding(2, 1).withDilation(2, 1), Shape.of(2, 4, 7)),
                Arguments.of(new Conv2d(3, 2, 4).withoutBias(), Shape.of(2, 2, 4)),
                Arguments.of(new Conv2d(4, 1), Shape.of(3, 2, 3)),
                Arguments.of(new Conv2d(4, 1).withStride(2), Shape.of(3, 3, 3)),
                Arguments.of(new Conv2d(4, 3).withPadding(1).withGroups(2), Shape.of(4, 3, 3)),
                Arguments.of(new Conv2d(3, 2).withGroups(3), Shape.of(3, 3, 3)),
                Arguments.of(new Conv2d(4, 1).withGroups(2), Shape.of(2, 2, 2)),
                Arguments.of(new Conv2d(1, 1).withPadding(3).withStride(20), Shape.of(1, 5, 5)),
                Arguments.of(new MaxPool2d(2), Shape.of(2, 4, 5)),
                Arguments.of(new MaxPool2d(3).withStride(2).withPadding(1), Shape.of(2, 5, 4)),
                Arguments.of(new MaxPool2d(2, 3, 1, 2, 1, 0), Shape.of(1, 3, 5)),
                Arguments.of(new AvgPool2d(2), Shape.of(2, 4, 5)),
                Arguments.of(new AvgPool2d(3).withStride(2).withPadding(1), Shape.of(2, 5, 4)),
                Arguments.of(new AvgPool2d(2, 3, 1, 2, 1, 0), Shape.of(1, 3, 5)),
                Arguments.of(new GlobalAvgPool2d(), Shape.of(3, 2, 3)),
                Arguments.of(
                        Chain.of(new Conv2d(2, 3).withPadding(1), new Tanh(), new AvgPool2d(2), new Flatten()),
                        Shape.of(1, 4, 4)));
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
