package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A million weights, of which no one can compare every one: directions see all of them, a sample sees a few closely. */
class LargeTensorsTest {

    private static final int WIDTH = 1000;

    /** An affine layer of a million weights, whose gradient at index i is multiplied by {@code factor(i)}. */
    private record Spoiled(String name, IntToDoubleFunction factor) implements Layer {

        private static final Dense RIGHT = new Dense(WIDTH);

        @Override
        public Shape declare(Shape input, Declarations d) {
            return RIGHT.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
        }

        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Span gradient = p.scratch().span(p.gradient("weight"));
            for (int i = 0; i < gradient.length(); i++) {
                double g = factor.applyAsDouble(i);
                if (g != 1) {
                    gradient.set(i, g * gradient.get(i));
                }
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static TensorResult weight(String name, IntToDoubleFunction factor, Oracle oracle) {
        return check(new Spoiled(name, factor)).only(oracle).report().tensors().stream()
                .filter(t -> t.tensor().equals("weight"))
                .findFirst()
                .orElseThrow();
    }

    private static GradientCheck check(Layer layer) {
        return GradientCheck.of(layer)
                .input(Shape.of(WIDTH))
                .batches(1)
                .parametersOnly()
                .everyCoordinateUpTo(100);
    }

    @Test
    void aRightLayerPassesAndTheReportSaysWhatWasCompared() {
        GradientReport report = check(new Dense(WIDTH))
                .only(Oracle.DIFFERENCES, Oracle.FIVE_POINT)
                .verify();

        assertThat(report.tensors())
                .filteredOn(t -> t.tensor().equals("weight"))
                .hasSize(2)
                .allSatisfy(t -> assertThat(t.directions()).isEqualTo(8))
                .allSatisfy(t -> assertThat(t.coordinates()).isEqualTo(100))
                .allSatisfy(t -> assertThat(t.compared()).isEqualTo("8 directions, 100 of 1000000"));
        assertThat(report.toString()).contains("8 directions, 100 of 1000 "); // the bias
        assertThat(report.toString()).contains("8 directions, 100 of 1000000");
        assertThat(report.toJson()).contains("\"coordinates\":100,\"directions\":8");
    }

    @Test
    void directionsSeeOneWrongCoordinateOfAMillion() {
        TensorResult wrong = weight("one wrong", i -> i == 123_456 ? -1 : 1, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.where()).as("no sample finds it").startsWith("direction ");
        assertThat(wrong.worst().relative())
                .as("diluted by the root of a million")
                .isBetween(1e-5, 1e-2);
        assertThat(wrong.verdict()).startsWith("bug");
    }

    @Test
    void fivePointsSeeOneThatIsWrongInItsThirdDigit() {
        assertThat(weight("one slightly wrong", i -> i == 123_456 ? 1.001 : 1, Oracle.FIVE_POINT)
                        .passes())
                .isFalse();
    }

    @Test
    void directionsSeeASystematicMistake() {
        TensorResult wrong = weight("all too large", i -> 1 + 1e-5, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.verdict()).startsWith("bug");
    }

    @Test
    void theSampleSaysWhereAMistakeOfAShareOfTheCoordinatesIs() {
        TensorResult wrong = weight("last tenth of each row", i -> i % WIDTH < 900 ? 1 : 0, Oracle.DIFFERENCES);

        assertThat(wrong.passes()).isFalse();
        assertThat(wrong.where())
                .as("whose error is 1, along a direction it is less")
                .matches("\\[\\d+, 9\\d\\d]");
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
        GradientCheck check =
                GradientCheck.of(new Dense(3)).input(Shape.of(4)).batches(1).only(Oracle.DIFFERENCES);

        assertThat(check.everyCoordinateUpTo(12).verify().tensors())
                .allSatisfy(t -> assertThat(t.directions()).isZero());
        assertThat(check.everyCoordinateUpTo(11).verify().tensors())
                .filteredOn(t -> t.directions() > 0)
                .singleElement()
                .satisfies(t -> assertThat(t.compared()).isEqualTo("8 directions, 12 of 12"));
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
