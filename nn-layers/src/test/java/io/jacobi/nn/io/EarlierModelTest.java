package io.jacobi.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.EarlierModel;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Files keep their format: today's code reads a file of earlier code, and writes the same bytes. */
class EarlierModelTest {

    private static final List<String> LABELS = List.of("a", "b\n\u0000", "\"ü\"😀");

    @TempDir
    private Path directory;

    private static Sequential model() {
        Sequential model = Sequential.input(Shape.of(1, 6, 6))
                .add("first", new Conv2d(2, 3).withPadding(1).withWeightInitializer(Initializers.normal(0, 0.1)))
                .add(new BatchNorm())
                .add(new LeakyRelu(0.2))
                .add(new MaxPool2d(2))
                .add(new Reshape(3, 6))
                .add(new Lstm(4).withForgetBias(1.5).withAllStates())
                .add(new Gru(4))
                .add(
                        "\"mïddle\"",
                        Residual.of(
                                Chain.of(
                                        new Affine(4).withWeightInitializer(Initializers.uniform(-1e-7, 1.0 / 3)),
                                        Gelu.tanh()),
                                Residual.of(new Affine(4)),
                                new Dropout(0.25)))
                .add(new Elu(1e22))
                .add(new LayerNorm())
                .add(new Affine(3).withoutBias().withWeightInitializer(Initializers.glorotUniform()))
                .build(DataType.FLOAT, -5);
        // exact in floats, and the same on every processor
        setNumbers(model.weights());
        setNumbers(model.state());
        return model;
    }

    private static void setNumbers(INDArray array) {
        Vectors.set(
                array,
                IntStream.range(0, (int) array.length())
                        .mapToDouble(i -> 0.5 + i / 64.0)
                        .toArray());
    }

    private static TrainingRecord training() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", 0.75);
        metrics.put("loss", Double.NaN);
        metrics.put("one", 1.0);
        metrics.put("tiny", 1e-300);
        return new TrainingRecord("Töy \\ set", 3, Long.MIN_VALUE, metrics);
    }

    @Test
    void anEarlierFileIsTheSameModel() throws IOException {
        ModelFile loaded = ModelFile.load(EarlierModel.copyTo(directory));

        assertThat(loaded.model().layers()).isEqualTo(model().layers());
        assertThat(loaded.model().seed()).isEqualTo(-5);
        assertThat(loaded.labels()).isEqualTo(LABELS);
        assertThat(loaded.training()).contains(training());
        assertThat(Vectors.toDoubles(loaded.model().weights())).isEqualTo(Vectors.toDoubles(model().weights()));
        assertThat(Vectors.toDoubles(loaded.model().state())).isEqualTo(Vectors.toDoubles(model().state()));
    }

    @Test
    void theSameModelIsWrittenWithTheSameBytes() throws IOException {
        Path file = directory.resolve("now.safetensors");

        ModelFile.of(model()).withLabels(LABELS).withTraining(training()).save(file);

        ModelBytes now = ModelBytes.of(Files.readAllBytes(file));
        ModelBytes earlier = ModelBytes.of(Files.readAllBytes(EarlierModel.copyTo(directory)));
        assertThat(withoutVersion(now.header())).isEqualTo(withoutVersion(earlier.header()));
        assertThat(now.data()).isEqualTo(earlier.data());
        assertThat(Files.size(file) - now.data().length)
                .isEqualTo(8 + (now.header().getBytes(UTF_8).length + 7) / 8 * 8);
    }

    /** The header without the version of Jacobi, and without the hash of the description that the version is a part of. */
    private static String withoutVersion(String header) {
        String version = "\\\\\"version\\\\\":\\\\\"[^\"]*\\\\\"";
        String hash = "\"jacobi.sha256\":\"[0-9a-f]{64}\"";
        assertThat(header).containsPattern(version).containsPattern(hash);
        return header.replaceFirst(version, "").replaceFirst(hash, "");
    }
}
