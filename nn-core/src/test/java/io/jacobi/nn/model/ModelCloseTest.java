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
    void closingFreesTheWeightsAndLaterCallsSaySo() {
        Sequential model = model();
        INDArray weights = model.weights();
        model.close();
        model.close();
        assertThat(weights.wasClosed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(model::weights)
                .withMessage("the model is closed\n  expected an open model"
                        + "\n  fix: use it before it is closed, or use a copy");
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
    void aPredictorGoesOnWhenItsModelIsClosed() {
        Sequential model = model();
        INDArray weights = model.weights();
        try (Predictor predictor = Predictor.of(model)) {
            float[] before = predictor.predict(new float[] {1, 2, 3});
            model.close();
            assertThat(predictor.predict(new float[] {1, 2, 3})).containsExactly(before);
            assertThat(weights.wasClosed()).as("while the predictor is open").isFalse();
        }
        assertThat(weights.wasClosed()).isTrue();
    }

    @Test
    void aModelAndItsShareAreOneUntilBothAreClosed() {
        Sequential model = model();
        INDArray weights = model.weights();
        Sequential share = model.share();
        assertThat(share.weights()).isSameAs(weights);
        assertThat(share.value("0.weight")).isSameAs(model.value("0.weight"));
        model.close();
        model.close();
        assertThat(weights.wasClosed()).as("the share is open").isFalse();
        assertThat(share.copy().weights()).isEqualTo(weights);
        share.close();
        assertThat(weights.wasClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(share::share);
    }

    @Test
    void aVectorThatIsClosedWithoutTheModelIsNamed() {
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
}
