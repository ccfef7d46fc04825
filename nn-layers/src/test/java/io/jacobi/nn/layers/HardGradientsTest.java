package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.layers.check.ScalarLayers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every layer with large numbers, with rows longer than a tile, and with long sequences. */
class HardGradientsTest {

    /** All checks except the checks on indices. */
    static Stream<LayerCheck> checks() {
        return LayerChecks.all().stream().filter(check -> check.inputs().equals(Initializers.normal(0, 1)));
    }

    /** Half-saturated units, whose slopes are small but not zero. */
    @ParameterizedTest
    @MethodSource("checks")
    void agreeWhereInputsAreLarge(LayerCheck check) {
        verify(check.inputs(Initializers.normal(0, 4)));
    }

    static Stream<Layer> rows() {
        return Stream.of(new Softmax(), new LogSoftmax(), new Dropout(0.3), new LayerNorm());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreeOnRowsLongerThanATile(Layer layer) {
        GradientReport report = verify(on(layer, 2100).batches(1));

        assertThat(report.tensors())
                .filteredOn(tensor -> tensor.oracle() == Oracle.DIFFERENCES)
                .isNotEmpty()
                .allSatisfy(tensor -> assertThat(tensor.coordinates()).isEqualTo(2100));
    }

    static Stream<Layer> recurrent() {
        return Stream.of(new Lstm(2), new Gru(2).withAllStates());
    }

    /** An error that grows with the number of steps would fail. */
    @ParameterizedTest
    @MethodSource("recurrent")
    void agreeOverManySteps(Layer layer) {
        verify(on(layer, 40, 1));
    }

    private static LayerCheck on(Layer layer, long... input) {
        return GradientCheck.of(layer).input(Shape.of(input)).scalars(ScalarLayers.of(layer));
    }

    private static GradientReport verify(LayerCheck check) {
        GradientReport report = check.verify();

        assertThat(report.skipped()).as("coordinates on kinks").isZero();
        assertThat(report.coordinates()).isPositive();
        return report;
    }
}
