package io.jacobi.nn.check.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.layer.WrongLayers.Softmax;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** The stencil of five points shows errors in three more digits. */
class FivePointTest {

    @Test
    void isExactForPolynomialsOfDegreeFour() {
        Span x = Span.of(Memory.vector(DataType.DOUBLE, 1));
        x.set(0, 0.5);
        Line line = Line.coordinate(x, 0, () -> new double[] {Math.pow(x.get(0), 4)});

        assertThat(line.fivePoint(0.25)).isCloseTo(0.5, Offset.offset(1e-14));
        assertThat(line.central(0.25)).as("4 x³ + 4 x h²").isCloseTo(0.625, Offset.offset(1e-14));
    }

    @Test
    void agreesWithARightLayerToTenDigits() {
        assertThat(GradientCheck.of(new Softmax(1)).verify().worst(Oracle.FIVE_POINT))
                .isPositive()
                .isLessThan(1e-11);
        assertThat(GradientCheck.of(new Dense(4)).verify().worst(Oracle.FIVE_POINT))
                .isPositive()
                .isLessThan(1e-11);
    }

    @Test
    void showsAnErrorBelowTheErrorOfCentralDifferences() {
        GradientReport report = GradientCheck.of(new Softmax(1 + 1e-8))
                .only(Oracle.DIFFERENCES, Oracle.FIVE_POINT)
                .report();

        assertThat(report.findings())
                .filteredOn(f -> f.claim().equals("central differences"))
                .isNotEmpty()
                .allMatch(Finding::holds);
        assertThat(report.findings())
                .filteredOn(f -> f.claim().equals("five-point stencil"))
                .isNotEmpty()
                .noneMatch(Finding::holds);
        assertThat(report.worst(Oracle.FIVE_POINT)).isBetween(1e-9, 2e-8);
        assertThat(report.toString()).contains("bug: the error does not fall with h");
    }

    @Test
    void aCoordinateOfAnotherScaleGetsAnotherStep() {
        Span x = Span.of(Memory.vector(DataType.DOUBLE, 1));
        Line steep = Line.coordinate(x, 0, () -> new double[] {Math.exp(40 * x.get(0))});
        Stencil stencil = new Stencil(Oracle.FIVE_POINT, 1e-3, 1e-10);

        assertThat(stencil.slope(steep, 1).value()).isNotCloseTo(40, Offset.offset(40 * 1e-8));
        assertThat(stencil.best(steep).value()).isCloseTo(40, Offset.offset(40 * 1e-10));
        assertThat(stencil.best(steep).h()).isLessThan(1e-3);
    }

    @Test
    void aRightLayerPassesWhereInputsAreLarge() {
        LayerCheck large = GradientCheck.of(new Softmax(1)).inputs(Initializers.normal(0, 12));

        assertThat(large.verify().worst(Oracle.FIVE_POINT)).isLessThan(1e-10);
    }

    @Test
    void stepAndToleranceCanBeSet() {
        LayerCheck wrong = GradientCheck.of(new Softmax(1 + 1e-8)).only(Oracle.FIVE_POINT);

        assertThat(wrong.fivePoint(1e-3, 1e-6).report().passed()).isTrue();
        assertThat(wrong.fivePoint(1e-3, 1e-9).report().passed()).isFalse();
        assertThat(wrong.fivePoint(2e-3, 1e-6).report().tensors().get(0).worst().step())
                .isGreaterThanOrEqualTo(2e-3);
    }
}
