package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SnapshotTest {

    private static final float[] EXAMPLE = {1, 10};

    /** y = a x0 + b x1. */
    private static Sequential model(double a, double b) {
        Sequential model = Sequential.input(Shape.of(2)).add(new Dense(1)).build(DataType.FLOAT, 1);
        set(model, a, b);
        return model;
    }

    private static void set(Sequential model, double a, double b) {
        Vectors.set(model.weights(), new double[] {a, b, 0});
    }

    /** Returns the weights for a test of whether they are freed, without holding them. */
    static INDArray weightsOf(Snapshot snapshot) {
        SharedWeights weights = snapshot.hold();
        weights.letGo();
        return weights.model().weights();
    }

    @Test
    void doesNotChangeWithTheModel() {
        Sequential model = model(2, 3);
        try (Snapshot snapshot = Snapshot.of(model);
                Predictor p = Predictor.of(snapshot)) {
            set(model, 4, 5);

            assertThat(p.predict(EXAMPLE)).containsExactly(32);
            assertThat(snapshot.copy().weights().toFloatVector()).containsExactly(2, 3, 0);
        }
    }

    @Test
    void isServedAfterItReplacesAnother() {
        Sequential model = model(2, 3);
        try (Predictor p = Predictor.of(model)) {
            assertThat(p.predict(EXAMPLE)).containsExactly(32);
            set(model, 4, 5);
            try (Snapshot snapshot = Snapshot.of(model)) {
                p.replace(snapshot);
            }
            set(model, 6, 7);

            assertThat(p.predict(EXAMPLE)).containsExactly(54);
            assertThat(p.predict(new float[][] {EXAMPLE, EXAMPLE})).isDeepEqualTo(new float[][] {{54}, {54}});
        }
    }

    @Test
    void aSnapshotOfAnotherModelWithTheSameLayersIsServed() {
        try (Predictor p = Predictor.of(model(2, 3));
                Snapshot other = Snapshot.of(model(4, 5))) {
            p.replace(other);

            assertThat(p.predict(EXAMPLE)).containsExactly(54);
        }
    }

    @Test
    void replacingMakesNoWorkspace() {
        try (Predictor p = Predictor.of(model(2, 3))) {
            p.warmUp();
            int made = p.workspacesMade();
            for (int i = 0; i < 100; i++) {
                try (Snapshot next = Snapshot.of(model(i, 1))) {
                    p.replace(next);
                }
                assertThat(p.predict(EXAMPLE)).containsExactly(i + 10);
            }
            assertThat(p.workspacesMade()).isEqualTo(made);
        }
    }

    @Test
    void isFreedAtCloseIfItIsNotServed() {
        Snapshot snapshot = Snapshot.of(model(2, 3));
        INDArray weights = weightsOf(snapshot);
        snapshot.close();
        snapshot.close();

        assertThat(weights.wasClosed()).isTrue();
    }

    @Test
    void isFreedWhenThePredictorServesAnotherOrIsClosed() {
        Snapshot first = Snapshot.of(model(2, 3));
        Snapshot second = Snapshot.of(model(4, 5));
        INDArray firstWeights = weightsOf(first);
        INDArray secondWeights = weightsOf(second);
        Predictor p = Predictor.of(first);
        first.close();
        p.warmUp();
        assertThat(firstWeights.wasClosed()).as("closed and served").isFalse();

        p.replace(second);
        second.close();
        assertThat(firstWeights.wasClosed())
                .as("replaced while all workspaces are idle")
                .isTrue();
        assertThat(p.predict(EXAMPLE)).containsExactly(54);

        p.close();
        assertThat(secondWeights.wasClosed())
                .as("after the predictor is closed")
                .isTrue();
    }

    @Test
    void theWeightsOfAModelAreNeverFreed() {
        Sequential model = model(2, 3);
        try (Predictor p = Predictor.of(model);
                Snapshot snapshot = Snapshot.of(model)) {
            p.predict(EXAMPLE);
            p.replace(snapshot);
        }
        assertThat(model.weights().wasClosed()).isFalse();
    }

    @Test
    void canServeAfterItWasReplaced() {
        try (Snapshot a = Snapshot.of(model(2, 3));
                Snapshot b = Snapshot.of(model(4, 5));
                Predictor p = Predictor.of(a)) {
            p.replace(b);
            p.replace(a);
            assertThat(p.predict(EXAMPLE)).containsExactly(32);
        }
    }

    @Test
    void aSnapshotOfOtherLayersIsRefused() {
        Sequential other = Sequential.input(Shape.of(2))
                .add(new Dense(1))
                .add(new Rectifier())
                .build(DataType.FLOAT, 1);
        try (Predictor p = Predictor.of(model(2, 3));
                Snapshot unfit = Snapshot.of(other);
                Snapshot doubles = Snapshot.of(other.copy(DataType.DOUBLE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> p.replace(unfit))
                    .withMessageContaining("expects  [Dense(1)] on [2] in FLOAT")
                    .withMessageContaining("received [Dense(1), Rectifier] on [2] in FLOAT")
                    .withMessageContaining("fix: ");
            assertThatIllegalArgumentException().isThrownBy(() -> p.replace(doubles));
            assertThat(p.predict(EXAMPLE))
                    .as("the predictor still serves the old weights")
                    .containsExactly(32);
        }
    }

    @Test
    void isRefusedAfterClose() {
        Snapshot closed = Snapshot.of(model(2, 3));
        closed.close();
        try (Predictor p = Predictor.of(model(2, 3))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> p.replace(closed))
                    .withMessageContaining("the snapshot is closed");
            assertThatIllegalStateException().isThrownBy(() -> Predictor.of(closed));
            assertThatIllegalStateException().isThrownBy(closed::copy);
        }
    }

    @Test
    void aClosedPredictorRefusesIt() {
        Predictor p = Predictor.of(model(2, 3));
        p.close();
        Snapshot snapshot = Snapshot.of(model(2, 3));
        INDArray weights = weightsOf(snapshot);

        assertThatIllegalStateException()
                .isThrownBy(() -> p.replace(snapshot))
                .withMessageContaining("the predictor is closed");
        snapshot.close();
        assertThat(weights.wasClosed()).as("a refused snapshot has no holder").isTrue();
    }

    @Test
    void aModelWithoutWeightsHasASnapshot() {
        Sequential bare = Sequential.input(Shape.of(2)).add(new Rectifier()).build(DataType.FLOAT, 1);
        try (Snapshot snapshot = Snapshot.of(bare);
                Predictor p = Predictor.of(snapshot)) {
            assertThat(p.predict(new float[] {-1, 2})).containsExactly(0, 2);
        }
    }
}
