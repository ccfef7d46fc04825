package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SgdTest {

    /** Weights 1 and -2 after steps with gradients (1, 2), (0.5, -1), (-1, 0). */
    private static double[] afterThreeSteps(Sgd sgd, DataType type) {
        INDArray weights = TestArrays.vector(type, 1, -2);
        Stepper stepper = sgd.start(weights, List.of());
        double rate = sgd.rate().rateAt(0);
        stepper.step(TestArrays.vector(type, 1, 2), rate);
        stepper.step(TestArrays.vector(type, 0.5, -1), rate);
        stepper.step(TestArrays.vector(type, -1, 0), rate);
        return Vectors.toDoubles(weights);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void plainDescentSubtractsRateTimesGradient(DataType type) {
        assertThat(afterThreeSteps(new Sgd(0.1), type))
                .containsExactly(new double[] {1 - 0.1 - 0.05 + 0.1, -2 - 0.2 + 0.1}, within(tolerance(type)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void momentumFollowsTheTrajectoryComputedByHand(DataType type) {
        // v: (1, 2), (1, 0), (-0.5, 0); w moves by -0.1 v
        assertThat(afterThreeSteps(new Sgd(0.1).withMomentum(0.5), type))
                .containsExactly(new double[] {1 - 0.1 - 0.1 + 0.05, -2 - 0.2}, within(tolerance(type)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void nesterovFollowsTheTrajectoryComputedByHand(DataType type) {
        // v as above; g + 0.5 v: (1.5, 3), (1, -1), (-1.25, 0)
        assertThat(afterThreeSteps(new Sgd(0.1).withNesterov(0.5), type))
                .containsExactly(new double[] {1 - 0.15 - 0.1 + 0.125, -2 - 0.3 + 0.1}, within(tolerance(type)));
    }

    @ParameterizedTest(name = "{0}, {1} weights, momentum {2}, nesterov {3}")
    @CsvSource({
        "FLOAT, 5000, 0, false",
        "DOUBLE, 5000, 0, false",
        "FLOAT, 5000, 0.9, false",
        "DOUBLE, 5000, 0.9, false",
        "FLOAT, 2048, 0.9, true",
        "DOUBLE, 2049, 0.9, true"
    })
    void everyWeightOfALongVectorMovesAsItWouldAlone(DataType type, int length, double momentum, boolean nesterov) {
        double[] start = TestArrays.normals(1, length);
        double[] gradient = TestArrays.normals(2, length);
        INDArray weights = TestArrays.vector(type, start);
        INDArray gradients = TestArrays.vector(type, gradient);
        Stepper stepper = new Sgd(Schedule.constant(0.1), momentum, nesterov).start(weights, List.of());
        stepper.step(gradients, 0.1);
        stepper.step(gradients, 0.05);

        double[] expected = new double[length];
        Arrays.setAll(expected, i -> {
            double g = gradient[i];
            double v1 = g;
            double v2 = momentum * g + g;
            return nesterov
                    ? start[i] - 0.1 * (g + momentum * v1) - 0.05 * (g + momentum * v2)
                    : start[i] - 0.1 * v1 - 0.05 * v2;
        });
        assertThat(length).isGreaterThanOrEqualTo(Scratch.TILE);
        assertThat(Vectors.toDoubles(weights)).containsExactly(expected, within(tolerance(type)));
        assertThat(Vectors.toDoubles(gradients))
                .as("gradients are only read")
                .containsExactly(Vectors.toDoubles(TestArrays.vector(type, gradient)));
    }

    @Test
    void plainDescentHasNoState() {
        assertThat(new Sgd(0.1)
                        .start(TestArrays.vector(DataType.FLOAT, 1), List.of())
                        .state())
                .isEmpty();
    }

    @Test
    void theStateOfMomentumIsItsLiveVelocity() {
        INDArray weights = TestArrays.vector(DataType.DOUBLE, 1, 1);
        Stepper stepper = new Sgd(0.1).withMomentum(0.5).start(weights, List.of());
        assertThat(stepper.state()).containsOnlyKeys("velocity");
        INDArray velocity = Objects.requireNonNull(stepper.state().get("velocity"));
        assertThat(Vectors.toDoubles(velocity)).containsExactly(0, 0);

        stepper.step(TestArrays.vector(DataType.DOUBLE, 4, -2), 0.1);
        stepper.step(TestArrays.vector(DataType.DOUBLE, 0, 0), 0.1);

        assertThat(Vectors.toDoubles(velocity)).containsExactly(2, -1);
    }

    @Test
    void twoRunsOfOneOptimizerShareNothing() {
        Sgd sgd = new Sgd(0.1).withMomentum(0.9);
        INDArray first = TestArrays.vector(DataType.DOUBLE, 0);
        INDArray second = TestArrays.vector(DataType.DOUBLE, 0);
        sgd.start(first, List.of()).step(TestArrays.vector(DataType.DOUBLE, 1), 0.1);
        sgd.start(second, List.of()).step(TestArrays.vector(DataType.DOUBLE, 1), 0.1);

        assertThat(Vectors.toDoubles(second)).isEqualTo(Vectors.toDoubles(first));
    }

    @Test
    void withReplacesOneHyperparameterAndKeepsTheRest() {
        Sgd sgd = new Sgd(0.1).withNesterov(0.9).withRate(step -> 1.0 / (step + 1));

        assertThat(sgd.nesterov()).isTrue();
        assertThat(sgd.momentum()).isEqualTo(0.9);
        assertThat(sgd.rate().rateAt(3)).isEqualTo(0.25);
        assertThat(sgd.withMomentum(0.5).nesterov()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void theRateIsPositiveAndFinite(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sgd(rate))
                .withMessage("The learning rate is " + rate + "\n  expected a positive, finite number");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void momentumIsAFraction(double momentum) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sgd(0.1).withMomentum(momentum))
                .withMessageContaining("Momentum is " + momentum)
                .withMessageContaining("expected 0 <= momentum < 1");
    }

    @Test
    void nesterovNeedsMomentum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sgd(0.1).withNesterov(0))
                .withMessageContaining("fix: withNesterov(0.9)");
    }

    private static double tolerance(DataType type) {
        return type == DataType.FLOAT ? 1e-6 : 1e-14;
    }
}
