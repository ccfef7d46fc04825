package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Descriptions that are small and valid, and that need much memory or a deep stack when they are used. */
class UntrustedModelTest {

    /** Loading is linear in the file: about 4 KB for each layer, which is 30 characters. */
    private static final long MAX_BYTES = 48L << 20;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    private static Sequential model(Layer layer) {
        return Sequential.input(Shape.of(4)).add(layer).build(DataType.FLOAT, 1);
    }

    /** {@code inside} in {@code depth} chains. */
    private static Layer nested(int depth, Layer inside) {
        Layer layer = inside;
        for (int i = 0; i < depth; i++) {
            layer = Chain.of(layer);
        }
        return layer;
    }

    /** Writes a model of one Relu, with these layers in its place and a new hash. */
    private void writeInPlaceOfRelu(String layers) throws IOException {
        ModelFile.of(model(new Relu())).save(file());
        ModelBytes bytes = ModelBytes.of(Files.readAllBytes(file()));
        String relu = "{\"layer\":" + type("Relu", "") + "}";
        assertThat(bytes.description()).contains(relu);
        Files.write(
                file(),
                bytes.withDescription(bytes.description().replace(relu, layers)).bytes());
    }

    private static String type(String name, String arguments) {
        return "{\"type\":\"" + name + "\",\"arguments\":{" + arguments + "}}";
    }

    /** A convolution of a pixel with a padding of 8,000: 687 bytes, and an output of 16,001 x 16,001 floats. */
    @Test
    void aLargePaddingIsRefusedByTheMemoryOfAPrediction() throws IOException {
        try (InputStream in = UntrustedModelTest.class.getResourceAsStream("/models/large-padding.safetensors")) {
            Files.copy(Objects.requireNonNull(in), file());
        }

        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file() + ": the prediction of one example would take ")
                .hasMessageContainingAll("expected at most 268435456 bytes", "withPredictionBytes(");
        assertThat(ModelFile.load(file(), LoadOptions.defaults().withPredictionBytes(1L << 40))
                        .model()
                        .outputShape())
                .isEqualTo(Shape.of(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4611686018427387904", "2147483648", "9223372036854775807"})
    void aHugeInputIsRefused(String size) throws IOException {
        ModelFile.of(model(new Relu())).save(file());
        ModelBytes bytes = ModelBytes.of(Files.readAllBytes(file()));
        Files.write(
                file(),
                bytes.withDescription(bytes.description().replace("\"input\":[4]", "\"input\":[" + size + "]"))
                        .bytes());

        for (LoadOptions options : new LoadOptions[] {
            LoadOptions.defaults(), LoadOptions.defaults().withPredictionBytes(Long.MAX_VALUE)
        }) {
            assertThatThrownBy(() -> ModelFile.load(file(), options))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll(
                            file() + ": the prediction of one example would take ", "expected at most", "fix: ");
        }
    }

    @Test
    void layersInFortyLayersComeBack() throws IOException {
        Sequential deep = model(nested(40, new Affine(2)));

        ModelFile.of(deep).save(file());

        assertThat(Vectors.toDoubles(ModelFile.load(file()).model().weights()))
                .isEqualTo(Vectors.toDoubles(deep.weights()));
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 200, 1000, 100_000})
    void layersInMoreLayersAreRefusedWhenTheModelIsBuilt(int depth) {
        assertThatThrownBy(() -> model(nested(depth, new Affine(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("nested too deep", "at most 40 layers around a layer", "fix: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 60, 5000})
    void layersInMoreLayersAreRefusedInAFile(int depth) throws IOException {
        String before = "{\"type\":\"Chain\",\"arguments\":{\"layers\":[";
        writeInPlaceOfRelu("{\"layer\":" + before.repeat(depth) + type("Relu", "") + "]}}".repeat(depth) + "}");

        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file().toString())
                .hasMessageMatching("(?s).*(at most 40 layers around a layer|at most 128 levels deep).*");
    }

    /** 10,000 layers in 39 chains: the text of each chain has the text of all layers inside. */
    @Test
    void loadingTakesNoMemoryForTextsThatNoMessageNeeds() throws IOException {
        String layers = String.join(",", Collections.nCopies(10_000, type("Relu", "")));
        writeInPlaceOfRelu("{\"layer\":" + inChains(39, layers) + "}");

        assertThat(allocated(() -> ModelFile.load(file()))).isLessThan(MAX_BYTES);
    }

    /** The same, and the layer after the chains does not fit. The message names it, and the chains around it. */
    @Test
    void aMessageTakesNoMemoryForTheTextOfEachLevel() throws IOException {
        String layers = String.join(",", Collections.nCopies(10_000, type("Relu", "")));
        String unfit = type("Reshape", "\"dims\":[7]");
        writeInPlaceOfRelu("{\"layer\":" + inChains(39, layers + "," + unfit) + "}");

        assertThat(allocated(() -> assertThatThrownBy(() -> ModelFile.load(file()))
                        .isInstanceOf(ModelFormatException.class)
                        .hasMessageContainingAll("Layer 1 of 1, Chain: Child 1 of 1, Chain: ", "from child 10000, Relu")
                        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500))))
                .isLessThan(MAX_BYTES);
    }

    @Test
    void aMessageIsShortHoweverLongItsLayerIs() throws IOException {
        writeInPlaceOfRelu("{\"layer\":" + type("Reshape", "\"dims\":[" + "1,".repeat(200_000) + "1]") + "}");
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("Reshape[1, 1,", "... (600", "characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500));

        writeInPlaceOfRelu("{\"layer\":" + type("Reshape", "\"dims\":[" + "0,".repeat(200_000) + "1]") + "}");
        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500));
    }

    private static String inChains(int depth, String layers) {
        return "{\"type\":\"Chain\",\"arguments\":{\"layers\":[".repeat(depth) + layers + "]}}".repeat(depth);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static long allocated(Action action) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        action.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
