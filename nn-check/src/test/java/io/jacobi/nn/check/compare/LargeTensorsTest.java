package io.jacobi.nn.check.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights that are too many to compare each: directions depend on all of them, a sample compares a few closely. */
class LargeTensorsTest {

    private static final int WIDTH = 300;

    /** A square affine layer whose weight gradient is multiplied by a factor of the index. */
    private record Spoiled(Dense right, IntToDoubleFunction factor) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return right.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            right.forward(p);
        }

        @Override
        public void backward(Pass p) {
            right.backward(p);
            Span gradient = p.scratch().span(p.gradient("weight"));
            for (int i = 0; i < gradient.length(); i++) {
                double g = factor.applyAsDouble(i);
                if (g != 1) {
                    gradient.set(i, g * gradient.get(i));
                }
            }
        }
    }

    private static TensorResult weight(int width, IntToDoubleFunction factor, Oracle oracle) {
        return check(width, new Spoiled(new Dense(width), factor)).only(oracle).report().tensors().stream()
                .filter(t -> t.tensor().equals("weight"))
                .findFirst()
                .orElseThrow();
    }

    private static LayerCheck check(int width, Layer layer) {
        return GradientCheck.of(layer)
                .input(Shape.of(width))
                .batches(1)
                .parametersOnly()
                .everyCoordinateUpTo(100);
    }

    @Test
    void aRightLayerPassesAndTheReportSaysWhatWasCompared() {
        GradientReport report = check(WIDTH, new Dense(WIDTH))
                .only(Oracle.DIFFERENCES, Oracle.FIVE_POINT)
                .verify();

        assertThat(report.tensors())
                .filteredOn(t -> t.tensor().equals("weight"))
                .hasSize(2)
                .allSatisfy(t -> assertThat(t.directions()).isEqualTo(8))
                .allSatisfy(t -> assertThat(t.coordinates()).isEqualTo(100))
                .allSatisfy(t -> assertThat(t.compared()).isEqualTo("8 directions, 100"));
        assertThat(report.toString()).contains("8 directions, 100");
        assertThat(report.toString()).contains("8 directions, 100 ");
        assertThat(report.toJson()).contains("\"coordinates\":100,\"directions\":8");
    }

    @Test
    void directionsShowOneWrongCoordinateOfAMillion() {
        TensorResult wrong = weight(1000, i -> i == 123_456 ? -1 : 1, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.where()).as("no sample finds it").startsWith("direction ");
        assertThat(wrong.worst().relative())
                .as("diluted by the root of a million")
                .isBetween(1e-5, 1e-2);
        assertThat(wrong.verdict()).contains(" wrong; bug: ");
    }

    @Test
    void fivePointsShowACoordinateThatIsWrongInItsThirdDigit() {
        assertThat(weight(WIDTH, i -> i == 12_345 ? 1.001 : 1, Oracle.FIVE_POINT)
                        .passes())
                .isFalse();
    }

    @Test
    void directionsShowASystematicMistake() {
        TensorResult wrong = weight(WIDTH, i -> 1 + 1e-5, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.verdict()).contains(" wrong; bug: ");
    }

    @Test
    void theSampleLocatesAMistakeInAShareOfTheCoordinates() {
        TensorResult wrong = weight(WIDTH, i -> i % WIDTH < 270 ? 1 : 0, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.where())
                .as("the error is 1 there, and less along a direction")
                .matches("\\[\\d+, 2[789]\\d]");
    }

    @Test
    void aKinkOfOneUnitOfManyDoesNotSpoilADirection() {
        GradientReport report = GradientCheck.of(new Rectifier())
                .input(Shape.of(100_000))
                .batches(1)
                .withKinks()
                .only(Oracle.DIFFERENCES)
                .verify();

        assertThat(report.tensors())
                .singleElement()
                .satisfies(t -> assertThat(t.directions()).isEqualTo(8));
        assertThat(report.skipped()).isZero();
    }

    @Test
    void theLimitCanBeSet() {
        LayerCheck check =
                GradientCheck.of(new Dense(3)).input(Shape.of(4)).batches(1).only(Oracle.DIFFERENCES);

        assertThat(check.everyCoordinateUpTo(12).verify().tensors())
                .allSatisfy(t -> assertThat(t.directions()).isZero());
        assertThat(check.everyCoordinateUpTo(11).verify().tensors())
                .filteredOn(t -> t.directions() > 0)
                .singleElement()
                .satisfies(t -> assertThat(t.compared()).isEqualTo("8 directions, 12"));
    }

    @Test
    void aDirectionGivesEveryCoordinateTheSameWeight() {
        INDArray array = Memory.vector(DataType.DOUBLE, 50);
        Line.Direction direction = Line.direction(List.of(array), 3, () -> new double[1]);
        double[] one = new double[50];

        for (int i = 0; i < one.length; i++) {
            Arrays.fill(one, 0);
            one[i] = 2;
            assertThat(Math.abs(direction.along(List.of(one)))).isEqualTo(2);
        }
    }
}
