package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A service that loads new weights again and again holds the memory of one model, without a garbage collection: the
 * loops of docs/embedding.md.
 */
class ReloadTest {

    private static final int RELOADS = 500;

    @TempDir
    private Path directory;

    /** The weights of every model and every snapshot that was made; what is reachable here is not collected. */
    private final List<INDArray> made = new ArrayList<>();

    private long modelBytes;

    @BeforeEach
    void store() throws IOException {
        try (Sequential model = Sequential.input(Shape.of(3)).add(new Dense(2)).build(DataType.FLOAT, 1)) {
            modelBytes = bytes(model.weights());
            ModelFile.of(model).save(file());
        }
    }

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    private Sequential load() throws IOException {
        Sequential model = ModelFile.load(file()).model();
        made.add(model.weights());
        return model;
    }

    private static long bytes(INDArray weights) {
        return weights.length() * weights.dataType().width();
    }

    private long bytesHeld() {
        return made.stream()
                .filter(weights -> !weights.wasClosed())
                .mapToLong(ReloadTest::bytes)
                .sum();
    }

    private static float[] predict(Predictor predictor) {
        return predictor.predict(new float[] {1, 2, 3});
    }

    @Test
    void newWeightsTakeThePlaceOfTheOld() throws IOException {
        Predictor predictor;
        try (Sequential first = load()) {
            predictor = Predictor.of(first);
        }
        float[] expected = predict(predictor);
        for (int i = 0; i < RELOADS; i++) {
            try (Sequential loaded = load();
                    Snapshot snapshot = Snapshot.of(loaded)) {
                made.add(SnapshotTest.weightsOf(snapshot));
                predictor.replace(snapshot);
            }
            assertThat(predict(predictor)).containsExactly(expected);
            assertThat(bytesHeld()).as("after reload " + i).isEqualTo(modelBytes);
        }
        predictor.close();
        assertThat(made).hasSize(1 + 2 * RELOADS);
        assertThat(bytesHeld()).as("after the predictor was closed").isZero();
    }

    @Test
    void aNewPredictorTakesThePlaceOfTheOld() throws IOException {
        Predictor predictor = null;
        for (int i = 0; i < RELOADS; i++) {
            Predictor before = predictor;
            try (Sequential loaded = load()) {
                predictor = Predictor.of(loaded);
            }
            predict(predictor);
            if (before != null) {
                before.close();
            }
            assertThat(bytesHeld()).as("after reload " + i).isEqualTo(modelBytes);
        }
        if (predictor != null) {
            predictor.close();
        }
        assertThat(bytesHeld()).as("after the predictor was closed").isZero();
    }

    /** 100 copies of a model of 40 MB took 4.1 GB, because nothing could close them. */
    @Test
    void copiesAreFreedWhenTheyAreClosed() throws IOException {
        try (Sequential model = load()) {
            for (int i = 0; i < 100; i++) {
                try (Sequential copy = model.copy()) {
                    made.add(copy.weights());
                }
                assertThat(bytesHeld()).as("after copy " + i).isEqualTo(modelBytes);
            }
        }
    }
}
