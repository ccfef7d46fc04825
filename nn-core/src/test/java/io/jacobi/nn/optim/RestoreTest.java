package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run that was stored and restored continues to the same bits as an uninterrupted run. */
class RestoreTest {

    private static final int LENGTH = 2500;
    private static final List<Parameter> PARAMETERS = Samples.parameters(Shape.of(50, 40), Shape.of(500));

    static Stream<Arguments> optimizersInBothTypes() {
        return Samples.optimizers()
                .flatMap(optimizer ->
                        Stream.of(Arguments.of(optimizer, DataType.FLOAT), Arguments.of(optimizer, DataType.DOUBLE)));
    }

    /** The content of a checkpoint. */
    private record Stored(INDArray weights, Map<String, INDArray> state, long steps) {

        static Stored of(INDArray weights, Stepper stepper) {
            Map<String, INDArray> copies = new TreeMap<>();
            stepper.state().forEach((name, moment) -> copies.put(name, copy(moment)));
            return new Stored(copy(weights), copies, stepper.steps());
        }

        private static INDArray copy(INDArray vector) {
            return Samples.vector(vector.dataType(), Vectors.toDoubles(vector));
        }
    }

    private static void run(Stepper stepper, DataType type, int from, int to) {
        for (int step = from; step < to; step++) {
            stepper.step(Samples.vector(type, Samples.normals(100 + step, LENGTH)), 0.01 / (step + 1));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("optimizersInBothTypes")
    void aRestoredRunIsTheSameToTheBit(Optimizer optimizer, DataType type) {
        INDArray weights = Samples.vector(type, Samples.normals(1, LENGTH));
        Stepper uninterrupted = optimizer.start(weights, PARAMETERS);
        run(uninterrupted, type, 0, 7);
        Stored stored = Stored.of(weights, uninterrupted);
        assertThat(stored.steps()).isEqualTo(7);
        run(uninterrupted, type, 7, 15);

        Stepper resumed = optimizer.start(stored.weights(), PARAMETERS);
        resumed.restore(stored.state(), stored.steps());
        run(resumed, type, 7, 15);

        assertThat(Vectors.toDoubles(stored.weights())).isEqualTo(Vectors.toDoubles(weights));
        assertThat(resumed.steps()).isEqualTo(15);
        assertThat(resumed.state().keySet()).isEqualTo(uninterrupted.state().keySet());
        resumed.state()
                .forEach((name, moment) -> assertThat(Vectors.toDoubles(moment))
                        .as(name)
                        .isEqualTo(Vectors.toDoubles(
                                Objects.requireNonNull(uninterrupted.state().get(name)))));
    }

    @Test
    void aStepperThatHasRunCanGoBack() {
        INDArray weights = Samples.vector(DataType.DOUBLE, Samples.normals(1, LENGTH));
        Stepper stepper = new Nadam(0.01).start(weights, PARAMETERS);
        run(stepper, DataType.DOUBLE, 0, 3);
        Stored stored = Stored.of(weights, stepper);
        run(stepper, DataType.DOUBLE, 3, 9);
        double[] first = Vectors.toDoubles(weights);

        Vectors.set(weights, Vectors.toDoubles(stored.weights()));
        stepper.restore(stored.state(), stored.steps());
        run(stepper, DataType.DOUBLE, 3, 9);

        assertThat(Vectors.toDoubles(weights)).isEqualTo(first);
    }

    @Test
    void theStateIsLiveAndOneVectorForEachMoment() {
        Stepper stepper = new Adam(0.1).start(Samples.vector(DataType.FLOAT, 1, 2), Samples.matrix(2));
        Map<String, INDArray> state = stepper.state();
        assertThat(state.keySet()).containsExactly("mean", "mean_square");
        stepper.step(Samples.vector(DataType.FLOAT, 4, -2), 0.1);

        assertThat(Vectors.toDoubles(Objects.requireNonNull(state.get("mean")))).containsExactly(0.4f, -0.2f);
        assertThat(state.values())
                .allSatisfy(moment -> assertThat(moment.length()).isEqualTo(2));
    }

    private static Stepper adam() {
        return new Adam(0.1).start(Samples.vector(DataType.FLOAT, 1, 2), Samples.matrix(2));
    }

    @Test
    void momentsOfAnotherOptimizerAreRefused() {
        Stepper sgd = new Sgd(0.1).withMomentum(0.9).start(Samples.vector(DataType.FLOAT, 1, 2), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam().restore(sgd.state(), 1))
                .withMessageContaining("The stored moments are [velocity]")
                .withMessageContaining("expected [mean, mean_square]");
    }

    @Test
    void momentsOfAnotherModelAreRefusedBeforeAnythingChanges() {
        Stepper stepper = adam();
        Map<String, INDArray> state = new TreeMap<>();
        state.put("mean", Samples.vector(DataType.FLOAT, 7, 7));
        state.put("mean_square", Samples.vector(DataType.FLOAT, 7, 7, 7));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepper.restore(state, 1))
                .withMessageContaining("\"mean_square\" has 3 floats")
                .withMessageContaining("expected 2 floats");
        assertThat(Vectors.toDoubles(Objects.requireNonNull(stepper.state().get("mean"))))
                .containsExactly(0, 0);
        assertThat(stepper.steps()).isZero();
    }

    @Test
    void momentsOfAnotherTypeAreRefused() {
        Stepper other = new Adam(0.1).start(Samples.vector(DataType.DOUBLE, 1, 2), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adam().restore(other.state(), 1))
                .withMessageContaining("has 2 doubles")
                .withMessageContaining("expected 2 floats");
    }

    @Test
    void aNegativeNumberOfStepsIsRefused() {
        Stepper stepper = adam();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepper.restore(stepper.state(), -1))
                .withMessageContaining("The number of steps is -1");
    }
}
