package io.jacobi.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
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

    /** For a look at its memory; nothing holds it afterwards. */
    static INDArray weightsOf(Snapshot snapshot) {
        SharedWeights weights = snapshot.hold();
        weights.letGo();
        return weights.model().weights();
    }

    @Test
    void doesNotChangeWithTheModel() {
        Sequential model = model(2, 3);
        try (Snapshot snapshot = model.snapshot();
                Predictor p = snapshot.predictor()) {
            set(model, 4, 5);

            assertThat(p.predict(EXAMPLE)).containsExactly(32);
            assertThat(snapshot.copy().weights().toFloatVector()).containsExactly(2, 3, 0);
        }
    }

    @Test
    void isServedOnceItReplacesAnother() {
        Sequential model = model(2, 3);
        try (Predictor p = model.predictor()) {
            assertThat(p.predict(EXAMPLE)).containsExactly(32);
            set(model, 4, 5);
            try (Snapshot snapshot = model.snapshot()) {
                p.replace(snapshot);
            }
            set(model, 6, 7);

            assertThat(p.predict(EXAMPLE)).containsExactly(54);
            assertThat(p.predict(new float[][] {EXAMPLE, EXAMPLE})).isDeepEqualTo(new float[][] {{54}, {54}});
        }
    }

    @Test
    void aModelThatWasMadeElsewhereOfTheSameLayersIsServedToo() {
        try (Predictor p = model(2, 3).predictor();
                Snapshot other = model(4, 5).snapshot()) {
            p.replace(other);

            assertThat(p.predict(EXAMPLE)).containsExactly(54);
        }
    }

    @Test
    void replacingMakesNoWorkspace() {
        try (Predictor p = model(2, 3).predictor()) {
            p.warmUp();
            int made = p.workspacesMade();
            for (int i = 0; i < 100; i++) {
                try (Snapshot next = model(i, 1).snapshot()) {
                    p.replace(next);
                }
                assertThat(p.predict(EXAMPLE)).containsExactly(i + 10);
            }
            assertThat(p.workspacesMade()).isEqualTo(made);
        }
    }

    @Test
    void isFreedAtOnceWhenNobodyServesIt() {
        Snapshot snapshot = model(2, 3).snapshot();
        INDArray weights = weightsOf(snapshot);
        snapshot.close();
        snapshot.close();

        assertThat(weights.wasClosed()).isTrue();
    }

    @Test
    void isFreedWhenThePredictorThatServedItHasOthersOrIsClosed() {
        Snapshot first = model(2, 3).snapshot();
        Snapshot second = model(4, 5).snapshot();
        INDArray firstWeights = weightsOf(first);
        INDArray secondWeights = weightsOf(second);
        Predictor p = first.predictor();
        first.close();
        p.warmUp();
        assertThat(firstWeights.wasClosed()).as("closed and served").isFalse();

        p.replace(second);
        second.close();
        assertThat(firstWeights.wasClosed())
                .as("replaced, all workspaces being idle")
                .isTrue();
        assertThat(p.predict(EXAMPLE)).containsExactly(54);

        p.close();
        assertThat(secondWeights.wasClosed()).as("the predictor being closed").isTrue();
    }

    @Test
    void theWeightsOfAModelAreNeverFreed() {
        Sequential model = model(2, 3);
        try (Predictor p = model.predictor();
                Snapshot snapshot = model.snapshot()) {
            p.predict(EXAMPLE);
            p.replace(snapshot);
        }
        assertThat(model.weights().wasClosed()).isFalse();
    }

    @Test
    void canServeAfterItWasReplaced() {
        try (Snapshot a = model(2, 3).snapshot();
                Snapshot b = model(4, 5).snapshot();
                Predictor p = a.predictor()) {
            p.replace(b);
            p.replace(a);
            assertThat(p.predict(EXAMPLE)).containsExactly(32);
        }
    }

    @Test
    void ofOtherLayersIsRefused() {
        Sequential other = Sequential.input(Shape.of(2))
                .add(new Dense(1))
                .add(new Rectifier())
                .build(DataType.FLOAT, 1);
        try (Predictor p = model(2, 3).predictor();
                Snapshot unfit = other.snapshot();
                Snapshot doubles = other.copy(DataType.DOUBLE).snapshot()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> p.replace(unfit))
                    .withMessageContaining("expects  [Dense(1)] on [2] in FLOAT")
                    .withMessageContaining("received [Dense(1), Rectifier] on [2] in FLOAT")
                    .withMessageContaining("fix: ");
            assertThatIllegalArgumentException().isThrownBy(() -> p.replace(doubles));
            assertThat(p.predict(EXAMPLE)).as("what was served goes on").containsExactly(32);
        }
    }

    @Test
    void onceClosedIsHandedToNobody() {
        Snapshot closed = model(2, 3).snapshot();
        closed.close();
        try (Predictor p = model(2, 3).predictor()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> p.replace(closed))
                    .withMessageContaining("the snapshot is closed");
            assertThatIllegalStateException().isThrownBy(closed::predictor);
            assertThatIllegalStateException().isThrownBy(closed::copy);
        }
    }

    @Test
    void aClosedPredictorTakesNone() {
        Predictor p = model(2, 3).predictor();
        p.close();
        Snapshot snapshot = model(2, 3).snapshot();
        INDArray weights = weightsOf(snapshot);

        assertThatIllegalStateException()
                .isThrownBy(() -> p.replace(snapshot))
                .withMessageContaining("the predictor is closed");
        snapshot.close();
        assertThat(weights.wasClosed()).as("nothing holds what was refused").isTrue();
    }

    @Test
    void aModelWithoutWeightsHasOneToo() {
        Sequential bare = Sequential.input(Shape.of(2)).add(new Rectifier()).build(DataType.FLOAT, 1);
        try (Snapshot snapshot = bare.snapshot();
                Predictor p = snapshot.predictor()) {
            assertThat(p.predict(new float[] {-1, 2})).containsExactly(0, 2);
        }
    }
}
