package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.inference.Snapshot;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of weights is freed when its model is closed and nothing computes with it. */
class ModelCloseTest {

    private static Sequential model() {
        return Sequential.input(Shape.of(3)).add(new Dense(2)).build(DataType.FLOAT, 1);
    }

    @Test
    void freesTheWeightsAndIsSaidSoAfterwards() {
        Sequential model = model();
        INDArray weights = model.weights();
        model.close();
        model.close();
        assertThat(weights.wasClosed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(model::weights)
                .withMessage("the model is closed\n  expected an open model"
                        + "\n  fix: use it before it is closed, or a copy of it");
        assertThatIllegalStateException().isThrownBy(model::state);
        assertThatIllegalStateException().isThrownBy(model::copy);
        assertThatIllegalStateException().isThrownBy(() -> model.value("0.weight"));
        assertThatIllegalStateException().isThrownBy(() -> Workspace.forInference(model, 1));
        assertThatIllegalStateException().isThrownBy(() -> Snapshot.of(model));
    }

    @Test
    void aWorkspaceKeepsTheMemoryUntilItIsClosed() {
        Sequential model = model();
        INDArray weights = model.weights();
        try (Workspace w = Workspace.forInference(model, 1)) {
            model.close();
            assertThat(weights.wasClosed()).as("while a workspace is open").isFalse();
            assertThatIllegalStateException().isThrownBy(w::predict).withMessageContaining("the model is closed");
        }
        assertThat(weights.wasClosed()).isTrue();
    }

    @Test
    void aPredictorOfAClosedModelSaysSo() {
        Sequential model = model();
        try (Predictor predictor = Predictor.of(model)) {
            float[] before = predictor.predict(new float[] {1, 2, 3});
            assertThat(before).hasSize(2);
            model.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> predictor.predict(new float[] {1, 2, 3}))
                    .withMessageContaining("the model is closed");
        }
    }

    @Test
    void aHoldKeepsTheMemory() {
        Sequential model = model();
        INDArray weights = model.weights();
        Sequential.Hold first = model.hold();
        Sequential.Hold second = model.hold();
        model.close();
        first.close();
        first.close();
        assertThat(weights.wasClosed()).as("one hold is left").isFalse();
        second.close();
        assertThat(weights.wasClosed()).isTrue();
    }

    @Test
    void vectorsThatAreClosedBehindTheModelsBackAreNamed() {
        Sequential model = model();
        try (Predictor predictor = Predictor.of(model)) {
            predictor.predict(new float[3]);
            model.weights().close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> predictor.predict(new float[3]))
                    .withMessageStartingWith("the model's own vector of weights has been closed")
                    .withMessageContaining("to free the model, close the model");
        }
    }

    /** The loop of docs/embedding.md: each new model is freed when the predictor has taken its snapshot. */
    @Test
    void reloadsKeepNoMemory() {
        Sequential first = model();
        INDArray[] seen = new INDArray[500];
        try (Predictor predictor = Predictor.of(Snapshot.of(first))) {
            for (int i = 0; i < seen.length; i++) {
                try (Sequential loaded = model();
                        Snapshot snapshot = Snapshot.of(loaded)) {
                    seen[i] = loaded.weights();
                    predictor.replace(snapshot);
                }
                predictor.predict(new float[3]);
            }
        }
        assertThat(seen).allMatch(INDArray::wasClosed);
    }
}
