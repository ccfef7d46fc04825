package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.init.Initializer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent layers, by every check: one step and many, one unit and more, the last state and all states. */
class SequencesGradientsTest {

    static Stream<Arguments> layers() {
        return Stream.of(
                        new Lstm(1),
                        new Lstm(4),
                        new Lstm(4).withAllStates(),
                        new Gru(1),
                        new Gru(4),
                        new Gru(4).withAllStates())
                .flatMap(layer -> Stream.of(Shape.of(1, 1), Shape.of(1, 3), Shape.of(2, 1), Shape.of(7, 5))
                        .map(input -> Arguments.of(layer, input)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("layers")
    void agreeWithCentralDifferences(Layer layer, Shape input) {
        verify(GradientCheck.of(layer).input(input));
    }

    static Stream<Layer> stacks() {
        return Stream.of(
                Chain.of(new Lstm(3).withAllStates(), new Lstm(4)),
                Chain.of(new Gru(3).withAllStates(), new Gru(4).withAllStates(), new Flatten(), new Affine(2)),
                Residual.of(new Lstm(2).withAllStates(), new Gru(2).withAllStates()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stacks")
    void agreeWithCentralDifferencesWhenStacked(Layer layer) {
        verify(GradientCheck.of(layer).input(Shape.of(4, 2)));
    }

    /** Errors that grow with the number of steps would show. */
    @Test
    void agreeWithCentralDifferencesOverManySteps() {
        verify(GradientCheck.of(new Lstm(2)).input(Shape.of(40, 1)));
        verify(GradientCheck.of(new Gru(2).withAllStates()).input(Shape.of(40, 1)));
    }

    /** Half-saturated gates, whose slopes are small but not zero. */
    @Test
    void agreeWithCentralDifferencesForLargeInputs() {
        Initializer large = Initializer.normal(0, 4);
        verify(GradientCheck.of(new Lstm(3).withAllStates())
                .input(Shape.of(3, 2))
                .inputs(large));
        verify(GradientCheck.of(new Gru(3).withAllStates())
                .input(Shape.of(3, 2))
                .inputs(large));
    }

    private static void verify(GradientCheck check) {
        GradientReport report = check.verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).isPositive();
    }
}
