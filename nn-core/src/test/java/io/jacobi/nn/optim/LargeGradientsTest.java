package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradients whose squares are infinite in float move the weights of a float model as they move those of a double one.
 */
class LargeGradientsTest {

    private static final int LENGTH = Scratch.TILE + 5;

    /** The gradients of a few steps, one number for all weights. */
    private static final List<double[]> COURSES = List.of(
            new double[] {1e20, 1, 1, -3},
            new double[] {1, 2, 1e25, 1, -1e30, 1},
            new double[] {1e16, 1e15, 1e16, 1e20, 1e10, 1},
            new double[] {3e38, 1, 3e38, -3e38, 1});

    static Stream<Arguments> optimizersAndCourses() {
        return Samples.optimizers()
                .filter(optimizer -> !(optimizer instanceof Sgd))
                .flatMap(optimizer -> COURSES.stream().map(course -> Arguments.of(optimizer, course)));
    }

    private static INDArray constant(DataType type, int length, double value) {
        INDArray vector = Samples.vector(type, new double[length]);
        Vectors.fill(new Scratch(), vector, value);
        return vector;
    }

    private static double[] weightsAfter(Optimizer optimizer, DataType type, double[] course, Split split) {
        INDArray weights = constant(type, LENGTH, 1);
        Stepper stepper = optimizer.start(weights, Samples.matrix(LENGTH));
        for (double g : course) {
            stepper.step(constant(type, LENGTH, (float) g), 0.1, split);
        }
        return Vectors.toDoubles(weights);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("optimizersAndCourses")
    void moveFloatsAsTheyMoveDoubles(Optimizer optimizer, double[] course) {
        double[] expected = weightsAfter(optimizer, DataType.DOUBLE, course, Split.NONE);
        double[] actual = weightsAfter(optimizer, DataType.FLOAT, course, Split.NONE);
        assertThat(Samples.worst(expected, actual)).isLessThan(2e-6);
    }

    @Test
    void adamsFirstStepIsTheRate() {
        INDArray weight = Samples.vector(DataType.FLOAT, 1);
        Stepper adam = new Adam(0.1).start(weight, Samples.matrix(1));

        adam.step(Samples.vector(DataType.FLOAT, 1e20), 0.1);
        assertThat(Vectors.toDoubles(weight)).containsExactly(new double[] {0.9}, within(1e-7));

        // m = 0.9 · 1e19, s = 0.999 · 1e37: 0.1 · (m / 0.19) / √(s / 0.001999) = 0.067006
        adam.step(Samples.vector(DataType.FLOAT, 1), 0.1);
        assertThat(Vectors.toDoubles(weight)).containsExactly(new double[] {0.832994}, within(1e-6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.jacobi.nn.optim.Samples#optimizers")
    void giveTheSameBitsInAnySplit(Optimizer optimizer) {
        Split three = (length, range) -> {
            for (int part = 0; part < 3; part++) {
                range.run(part, part * length / 3, (part + 1) * length / 3);
            }
        };
        double[] course = {1e16, 1e15, 1e14, 1e20, 1};
        assertThat(weightsAfter(optimizer, DataType.FLOAT, course, three))
                .isEqualTo(weightsAfter(optimizer, DataType.FLOAT, course, Split.NONE));
    }

    @Test
    void aVelocityAboveTheFloatsIsKept() {
        // v = 3e38 + 0.9 · 3e38 + ..., more than a float holds, and the rate makes a small step of it
        double[] course = {3e38, 3e38, 3e38, 0, 0};
        Optimizer momentum = new Sgd(1e-39).withMomentum(0.9);
        INDArray weights = Samples.vector(DataType.FLOAT, 1);
        Stepper stepper = momentum.start(weights, Samples.matrix(1));
        double expected = 1;
        double velocity = 0;
        for (double g : course) {
            stepper.step(Samples.vector(DataType.FLOAT, g), 1e-39);
            velocity = 0.9 * velocity + (float) g;
            expected -= 1e-39 * velocity;
        }
        assertThat(Vectors.toDoubles(weights)).containsExactly(new double[] {expected}, within(1e-6));
    }

    @Test
    void theMomentsAreDoublesOnlyWhileTheyAreLarge() {
        INDArray weights = Samples.vector(DataType.FLOAT, 1);
        Stepper stepper = new RmsProp(0.1).withAlpha(0.5).start(weights, Samples.matrix(1));
        Map<String, INDArray> state = stepper.state();
        int wideSteps = 0;
        for (int step = 0; step < 60; step++) {
            stepper.step(Samples.vector(DataType.FLOAT, step == 1 ? 1e20 : 1), 0.1);
            wideSteps += moment(state).dataType() == DataType.DOUBLE ? 1 : 0;
        }
        // s = 0.5 · 1e40 halves until it is below 2^100
        assertThat(wideSteps).isEqualTo((int) Math.ceil(Math.log(0.5e40 / 0x1p100) / Math.log(2)));
        // 0.5^58 · 0.5e40 + 1
        assertThat(Vectors.toDoubles(moment(state))[0] / (0.5e40 * Math.pow(0.5, 58)))
                .isCloseTo(1, within(1e-6));
    }

    private static INDArray moment(Map<String, INDArray> state) {
        return Objects.requireNonNull(state.get("mean_square"));
    }

    @Test
    void aRunIsRestoredWhileItsMomentsAreDoubles() {
        INDArray weights = Samples.vector(DataType.FLOAT, 1, 1);
        Stepper stepper = new RmsProp(0.1).start(weights, Samples.matrix(2));
        stepper.step(Samples.vector(DataType.FLOAT, 1e25, 1), 0.1);
        INDArray copy = Samples.vector(DataType.FLOAT, Vectors.toDoubles(weights));
        Stepper restored = new RmsProp(0.1).start(copy, Samples.matrix(2));
        restored.restore(stepper.state(), stepper.steps());

        stepper.step(Samples.vector(DataType.FLOAT, 1e22, 1), 0.1);
        restored.step(Samples.vector(DataType.FLOAT, 1e22, 1), 0.1);
        assertThat(Vectors.toDoubles(copy)).isEqualTo(Vectors.toDoubles(weights));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aGradientThatIsNotFiniteLeavesEverythingAsItWas(double bad) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            double[] gradient = Samples.normals(3, LENGTH);
            gradient[LENGTH - 2] = bad;
            Samples.optimizers().forEach(optimizer -> {
                INDArray weights = Samples.vector(type, Samples.normals(1, LENGTH));
                Stepper stepper = optimizer.start(weights, Samples.matrix(LENGTH));
                stepper.step(Samples.vector(type, Samples.normals(2, LENGTH)), 0.1);
                double[] before = Vectors.toDoubles(weights);
                List<double[]> moments = moments(stepper);

                assertThatExceptionOfType(NonFiniteUpdateException.class)
                        .isThrownBy(() -> stepper.step(Samples.vector(type, gradient), 0.1))
                        .withMessageContainingAll("The gradient of weight " + (LENGTH - 2) + " is " + bad, "fix: ")
                        .satisfies(e -> assertThat(e.index()).isEqualTo(LENGTH - 2));
                assertThat(Vectors.toDoubles(weights)).isEqualTo(before);
                assertThat(stepper.steps()).isEqualTo(1);
                assertThat(moments(stepper)).usingRecursiveComparison().isEqualTo(moments);
            });
        }
    }

    private static List<double[]> moments(Stepper stepper) {
        return stepper.state().values().stream().map(Vectors::toDoubles).toList();
    }

    @Test
    void aWeightThatWouldBeInfiniteAsAFloatIsNotStored() {
        INDArray weights = Samples.vector(DataType.FLOAT, 1, 2);
        Stepper sgd = new Sgd(1e10).start(weights, Samples.matrix(2));
        // 1e10 · 1e30 is finite in double
        assertThatExceptionOfType(NonFiniteUpdateException.class)
                .isThrownBy(() -> sgd.step(Samples.vector(DataType.FLOAT, 1, 1e30), 1e10))
                .withMessageContaining("The new value of weight 1 is -Infinity");
        assertThat(Vectors.toDoubles(weights)).containsExactly(1, 2);

        Stepper fast = new Sgd(1e300).start(weights, Samples.matrix(2));
        assertThatExceptionOfType(NonFiniteUpdateException.class)
                .isThrownBy(() -> fast.step(Samples.vector(DataType.FLOAT, 1, 1), 1e300));
        assertThat(Vectors.toDoubles(weights)).containsExactly(1, 2);
    }

    @Test
    void inDoubleASquareThatOverflowsIsRefused() {
        INDArray weights = Samples.vector(DataType.DOUBLE, 1);
        Stepper adam = new Adam(0.1).start(weights, Samples.matrix(1));
        assertThatExceptionOfType(NonFiniteUpdateException.class)
                .isThrownBy(() -> adam.step(Samples.vector(DataType.DOUBLE, 1e200), 0.1))
                .withMessageContaining("The new \"mean_square\" of weight 0 is Infinity");
        assertThat(Vectors.toDoubles(weights)).containsExactly(1);
        assertThat(moments(adam)).allSatisfy(moment -> assertThat(moment).containsExactly(0));
    }

    @Test
    void momentsThatAreNotFiniteAreNotRestored() {
        Stepper adagrad = new Adagrad(0.1).start(Samples.vector(DataType.FLOAT, 1), Samples.matrix(1));
        Map<String, INDArray> stored =
                Map.of("sum_of_squares", Samples.vector(DataType.FLOAT, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adagrad.restore(stored, 1))
                .withMessageContainingAll("\"sum_of_squares\" of weight 0 is Infinity", "fix: ");
        assertThat(adagrad.steps()).isZero();
    }

    @Test
    void aStepperOfOnesOwnIsGivenFiniteGradientsOnly() {
        Stepper own = new Stepper() {
            @Override
            public void step(INDArray gradients, double rate) {
                throw new AssertionError("must not be called");
            }

            @Override
            public Map<String, INDArray> state() {
                return Map.of();
            }

            @Override
            public long steps() {
                return 0;
            }

            @Override
            public void restore(Map<String, INDArray> state, long steps) {}
        };
        assertThatExceptionOfType(NonFiniteUpdateException.class)
                .isThrownBy(() -> own.step(Samples.vector(DataType.FLOAT, Double.NaN), 0.1, Split.NONE));
    }
}
