package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An optimizer gives the names of its moments and a loop over doubles. {@link Samples#optimizers} has such an optimizer
 * too, so the tests of splitting, restoring and allocation cover it.
 */
class ElementwiseOptimizerTest {

    private static final int LENGTH = 2 * Scratch.TILE + 5;

    /** Momentum as {@link Sgd} computes it, but with one loop, over doubles. */
    private record Momentum(Schedule rate, double share) implements ElementwiseOptimizer {

        @Override
        public List<String> moments() {
            return List.of("velocity");
        }

        @Override
        public TileUpdate update(long step, double learningRate) {
            return (w, g, moments, n) -> {
                double[] v = moments[0];
                for (int i = 0; i < n; i++) {
                    v[i] = share * v[i] + g[i];
                    w[i] -= learningRate * v[i];
                }
            };
        }
    }

    /** Writes each argument of the update into a weight. */
    private record Arguments(Schedule rate, List<String> moments, double weightDecay) implements ElementwiseOptimizer {

        @Override
        public TileUpdate update(long step, double learningRate) {
            return (w, g, all, n) -> {
                w[0] = step;
                w[1] = learningRate;
                w[2] = all.length;
            };
        }
    }

    private static Arguments arguments(String... moments) {
        return new Arguments(Schedule.constant(0.5), List.of(moments), 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void oneLoopOverDoublesServesBothTypes(DataType type) {
        INDArray weights = Samples.vector(type, Samples.normals(1, LENGTH));
        INDArray builtInWeights = Samples.vector(type, Samples.normals(1, LENGTH));
        Stepper stepper = new Momentum(Schedule.constant(0.1), 0.9).start(weights, List.of());
        Stepper builtIn = new Sgd(0.1).withMomentum(0.9).start(builtInWeights, List.of());
        for (int step = 0; step < 5; step++) {
            INDArray gradients = Samples.vector(type, Samples.normals(2 + step, LENGTH));
            stepper.step(gradients, 0.1);
            builtIn.step(gradients, 0.1);
        }

        // the built-in loop over floats rounds after each operation, this one after each step
        double tolerance = type == DataType.DOUBLE ? 0 : 2e-6;
        assertThat(Samples.worst(Vectors.toDoubles(builtInWeights), Vectors.toDoubles(weights)))
                .isLessThanOrEqualTo(tolerance);
        INDArray velocity = Objects.requireNonNull(stepper.state().get("velocity"));
        assertThat(velocity.dataType()).isEqualTo(type);
        assertThat(Samples.worst(
                        Vectors.toDoubles(Objects.requireNonNull(builtIn.state().get("velocity"))),
                        Vectors.toDoubles(velocity)))
                .isLessThanOrEqualTo(tolerance);
    }

    @Test
    void theUpdateReceivesTheStepFromOneAndItsRate() {
        INDArray weights = Samples.vector(DataType.FLOAT, 0, 0, 0);
        Stepper stepper = arguments("a", "b", "c").start(weights, Samples.matrix(3));

        stepper.step(Samples.vector(DataType.FLOAT, 0, 0, 0), 0.25);
        assertThat(Vectors.toDoubles(weights)).containsExactly(1, 0.25, 3);
        stepper.step(Samples.vector(DataType.FLOAT, 0, 0, 0), 0.125);
        assertThat(Vectors.toDoubles(weights)).containsExactly(2, 0.125, 3);
        assertThat(stepper.steps()).isEqualTo(2);
        assertThat(stepper.state()).containsOnlyKeys("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weightsDecayBeforeTheUpdateAsTheOptimizerSays(boolean all) {
        INDArray weights = Samples.vector(DataType.FLOAT, 1, 1, 1);
        new Samples.SignMomentum(Schedule.constant(0.125), 0.5, 2, all)
                .start(weights, Samples.parameters(Shape.of(1, 1), Shape.of(1)))
                .step(Samples.vector(DataType.FLOAT, 0, 0, 1), 0.125);

        // a matrix, a bias, and a weight outside all parameters
        assertThat(Vectors.toDoubles(weights)).containsExactly(0.75, all ? 0.75 : 1, (all ? 0.75 : 1) - 0.125);
    }

    @Test
    void hasAsManyMomentsAsItNames() {
        String[] names = IntStream.range(0, 12).mapToObj(k -> "m" + k).toArray(String[]::new);
        INDArray weights = Samples.vector(DataType.FLOAT, 0, 0, 0);
        Stepper stepper = arguments(names).start(weights, Samples.matrix(3));

        stepper.step(Samples.vector(DataType.FLOAT, 0, 0, 0), 0.5);

        assertThat(Vectors.toDoubles(weights)).containsExactly(1, 0.5, 12);
        assertThat(stepper.state()).containsOnlyKeys(names);
    }

    @Test
    void momentsOfOneNameAreRefused() {
        INDArray weights = Samples.vector(DataType.FLOAT, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arguments("m", "m").start(weights, List.of()))
                .withMessageContaining("has two moments of one name, [m, m]")
                .withMessageContaining("fix: give each moment a name of its own");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void anImpossibleDecayIsRefused(double decay) {
        INDArray weights = Samples.vector(DataType.FLOAT, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arguments(Schedule.constant(0.5), List.of(), decay).start(weights, List.of()))
                .withMessageContaining("The weight decay is " + decay)
                .withMessageContaining("expected a finite number, at least 0");
    }
}
