package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class RegressorTest {

    @TempDir
    Path directory;

    /** y = x W^T + b. */
    private static Sequential model(int outputs, double... weights) {
        Sequential model = Sequential.input(Shape.of(2)).add(new Dense(outputs)).build(DataType.FLOAT, 1);
        Vectors.set(model.weights(), weights);
        return model;
    }

    @Test
    void aStoredModelAnswersWithNamedNumbers() throws IOException {
        Path file = directory.resolve("flat.safetensors");
        ModelFile.of(model(2, 2, 1, 0, 3, 10, 20))
                .withLabels(List.of("rent", "area"))
                .save(file);
        try (Regressor flat = Regressor.load(file)) {
            assertThat(flat.names()).containsExactly("rent", "area");
            assertThat(flat.predict(new float[] {1, 2})).containsExactly(14, 26);
            assertThat(flat.predict(new float[][] {{1, 2}, {0, 0}})).isDeepEqualTo(new float[][] {{14, 26}, {10, 20}});
        }
    }

    @Test
    void aSingleOutputIsOneNumber() {
        try (Regressor price = Regressor.of(model(1, 2, 1, 10));
                Regressor two = Regressor.of(model(2, 2, 1, 0, 3, 10, 20))) {
            assertThat(price.value(new float[] {1, 2})).isEqualTo(14);
            assertThat(price.names()).isEmpty();
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> two.value(new float[] {1, 2}))
                    .withMessageContainingAll("received 2 outputs", "use predict");
        }
    }

    @Test
    void logProbabilitiesAreRefused() {
        Sequential classes = Sequential.input(Shape.of(2))
                .add(new ClassifierTest.Passing(OutputKind.LOG_PROBABILITIES))
                .build(DataType.FLOAT, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Regressor.of(classes))
                .withMessageContaining("use a Classifier");
    }

    @Test
    void closingLeavesWhatIsNotItsOwn() {
        Sequential model = model(1, 2, 1, 10);
        Regressor own = Regressor.of(model);
        own.close();

        assertThatIllegalStateException().isThrownBy(() -> own.value(new float[] {1, 2}));
        try (Predictor predictor = Predictor.of(model)) {
            Regressor.of(predictor).close();
            assertThat(predictor.predict(new float[] {1, 2})).containsExactly(14);
        }
    }
}
