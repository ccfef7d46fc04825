package io.jacobi.nn.check.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.layer.WrongLayers.Softmax;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Kinks, at which differences have no derivative, and a mistake that only a random projection shows. */
class KinksTest {

    private static final String SWEEP = "the error of differences falls as h²";

    private static final LayerCheck CHECK =
            GradientCheck.of(new Rectifier()).input(Shape.of(20)).batches(1).withKinks();

    /** Alternately 1 and -1, after this number of zeros. */
    private static Initializer zerosAtFront(int zeros) {
        return (values, shape, random) -> Arrays.setAll(values, i -> i < zeros ? 0 : i % 2 == 0 ? 1 : -1);
    }

    @Test
    void skipsAndCountsACoordinateOnTheKink() {
        GradientReport report = CHECK.inputs(zerosAtFront(1)).verify();

        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.coordinates()).isEqualTo(19);
        assertThat(report.tensors())
                .singleElement()
                .satisfies(t -> assertThat(t.skipped()).isEqualTo(1));
    }

    @Test
    void failsIfTooManyWereSkipped() {
        GradientReport report = CHECK.inputs(zerosAtFront(2)).report();

        assertThat(report.skipped()).isEqualTo(2);
        assertThat(report.worst()).as("what was compared is right").isLessThan(1e-7);
        assertThat(report.passed()).as("2 of 20 are more than 5 %").isFalse();
        assertThat(report.toString()).contains("more than 5 % lie on kinks");
    }

    @Test
    void aKinkThatIsNotDeclaredIsAMistakeAndIsNamed() {
        GradientReport report = GradientCheck.of(new Rectifier())
                .input(Shape.of(20))
                .batches(1)
                .inputs(zerosAtFront(1))
                .report();

        assertThat(report.skipped()).isZero();
        assertThat(report.tensors())
                .filteredOn(t -> t.oracle() == Oracle.DIFFERENCES)
                .singleElement()
                .satisfies(t -> assertThat(t.passes()).isFalse())
                .satisfies(t -> assertThat(t.where()).isEqualTo("[0, 0]"))
                .satisfies(t -> assertThat(t.verdict())
                        .startsWith("1 of 20 wrong; kink: ")
                        .contains("withKinks()"));
    }

    @Test
    void aKinkBesideTheCoordinateIsSteppedOver() {
        GradientReport report = CHECK.inputs((values, shape, random) -> Arrays.fill(values, 2e-6))
                .verify();

        assertThat(report.skipped())
                .as("h = 1e-5 crosses the kink, smaller steps do not")
                .isZero();
        assertThat(report.coordinates()).isEqualTo(20);
    }

    @Test
    void fivePointsAndTheSweepAreForSmoothLayersOnly() {
        assertThat(CHECK.claims()).extracting(Claim::name).doesNotContain("five-point stencil", SWEEP);
        assertThat(GradientCheck.of(new Softmax(1)).claims())
                .extracting(Claim::name)
                .contains("five-point stencil", SWEEP);
    }

    @Test
    void failsIfNothingWasCompared() {
        assertThat(CHECK.inputs(Initializers.zeros()).report().passed()).isFalse();
    }

    @Test
    void aWrongSlopeBesideAKinkIsNotSkipped() {
        GradientReport report = GradientCheck.of(new DoubledSlope())
                .input(Shape.of(20))
                .batches(1)
                .withKinks()
                .inputs(zerosAtFront(0))
                .report();

        assertThat(report.skipped()).isZero();
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aPlainSumOfTheOutputWouldNotShowAWrongSoftmax() {
        Sequential model = Sequential.input(Shape.of(5)).add(new Softmax(2)).build(DataType.DOUBLE, 1);
        try (Workspace w = Workspace.withInputGradient(model, 1)) {
            Vectors.set(w.input(), TestArrays.normals(1, 5));
            w.forward(0, 0);
            Vectors.set(w.outputGradient(), new double[] {1, 1, 1, 1, 1});
            w.backward();

            assertThat(Vectors.toDoubles(w.inputGradient()))
                    .as("zero, as are differences of the constant sum")
                    .containsExactly(new double[5], Offset.offset(1e-15));
        }
        assertThat(GradientCheck.of(new Softmax(2)).report().passed()).isFalse();
    }

    /** A rectifier whose derivative is twice as large as it should be. */
    private record DoubledSlope() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            new Rectifier().forward(p);
        }

        @Override
        public void backward(Pass p) {
            Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), (y, dy, dx, n) -> {
                for (int i = 0; i < n; i++) {
                    dx[i] = y[i] > 0 ? 2 * dy[i] : 0;
                }
            });
        }
    }
}
