package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model with its labels and its training record. RoundTripTest and ModelFuzzTest of nn-layers cover every layer and
 * every damage.
 */
class ModelFileTest {

    private static final long MAX_BYTES = 64L << 20;

    /** The longest description, in characters: see docs/model-files.md. */
    private static final int MAX_TEXT = 512 << 10;

    @TempDir
    private Path directory;

    private static Sequential model(int units) {
        return Sequential.input(Shape.of(3)).add("head", new Dense(units)).build(DataType.FLOAT, 1);
    }

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    /** Writes the tensors of a model with this description. */
    private Path describe(String description) throws IOException {
        try (OutputStream out = Files.newOutputStream(file())) {
            SafetensorsArrays.write(out, Map.of("jacobi", description), ModelTensors.of(model(2)));
        }
        return file();
    }

    private static String description(String labels, String more) {
        return "{\"format\":1,\"version\":\"x\",\"input\":[3],\"type\":\"FLOAT\",\"seed\":1,\"layers\":[{\"layer\":"
                + "{\"type\":\"Dense\",\"arguments\":{\"units\":2}}}],\"labels\":" + labels + more + "}";
    }

    @Test
    void labelsAndTrainingComeBack() throws IOException {
        TrainingRecord training = new TrainingRecord("Irises", 7, -1, Map.of("accuracy", 0.5, "loss", Double.NaN));

        ModelFile.of(model(2))
                .withLabels(List.of("a", "b"))
                .withTraining(training)
                .save(file());
        ModelFile loaded = ModelFile.load(file());

        assertThat(loaded.labels()).containsExactly("a", "b");
        assertThat(loaded.training()).contains(training);
        assertThat(loaded.model().label(0)).isEqualTo("Dense(2) \"head\"");
    }

    @Test
    void aSingleOutputMayHaveTheLabelsOfNoAndYes() throws IOException {
        ModelFile.of(model(1)).withLabels(List.of("ham", "spam")).save(file());

        assertThat(ModelFile.load(file()).labels()).containsExactly("ham", "spam");
        ModelFile three = ModelFile.of(model(1)).withLabels(List.of("a", "b", "c"));
        assertThatThrownBy(() -> three.save(file()))
                .hasMessageContainingAll("3 labels", "expected 1", "2 for no and yes");
    }

    @Test
    void labelsAndTrainingAreOptional() throws IOException {
        ModelFile.of(model(2)).save(file());

        assertThat(ModelFile.load(file()).labels()).isEmpty();
        assertThat(ModelFile.load(file()).training()).isEmpty();
    }

    @Test
    void thereIsOneLabelForEachClass() throws IOException {
        ModelFile three = ModelFile.of(model(2)).withLabels(List.of("a", "b", "c"));

        assertThatThrownBy(() -> three.save(file())).hasMessageContainingAll("3 labels", "[2]", "expected 2");
        assertThat(file()).doesNotExist();
        Path forged = describe(description("[\"a\"]", ""));
        assertThatThrownBy(() -> ModelFile.load(forged)).hasMessageContainingAll("1 labels", "expected 2");
    }

    @Test
    void aFlippedWeightIsReportedAndTheModelDoesNotChange() throws IOException {
        ModelFile.of(model(2)).save(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 3] ^= 4;
        Files.write(file(), bytes);
        Sequential other = model(2).copy();
        Vectors.set(other.weights(), new double[8]);

        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(
                        "the weights changed after the file was written", "SHA-256", "at least one bit");
        assertThatThrownBy(() -> ModelFile.loadWeights(other, file())).hasMessageContaining("SHA-256");
        assertThat(Vectors.toDoubles(other.weights())).containsOnly(0);
        assertThat(Inspection.of(file()).integrity()).isEqualTo(Inspection.Integrity.DAMAGED);
    }

    @Test
    void aChangedDescriptionIsReported() throws IOException {
        ModelFile.of(model(2)).withLabels(List.of("left", "right")).save(file());
        String text = Files.readString(file(), StandardCharsets.ISO_8859_1).replace("left", "lift");
        Files.writeString(file(), text, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ModelFile.load(file()))
                .hasMessageContainingAll("the description changed after the file was written", "SHA-256");
        assertThat(Inspection.of(file()).integrity()).isEqualTo(Inspection.Integrity.DAMAGED);
    }

    @Test
    void aHashIsCheckedOnlyWhereThereIsOne() throws IOException {
        Path file = describe(description("[]", ""));

        assertThat(Vectors.toDoubles(ModelFile.load(file).model().weights()))
                .isEqualTo(Vectors.toDoubles(model(2).weights()));
        assertThat(Inspection.of(file).integrity()).isEqualTo(Inspection.Integrity.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {",\"sha257\":\"\"", ",\"sha256\":7", ",\"training\":{}", ",\"format\":1", ",\"sha256\":null"})
    void aDescriptionWithAnUnknownOrMalformedMemberIsRefused(String more) throws IOException {
        Path file = describe(description("[]", more));

        assertThatThrownBy(() -> ModelFile.load(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void anotherFormatIsNamed() throws IOException {
        Path file = describe(description("[]", "").replace("\"format\":1", "\"format\":2"));

        assertThatThrownBy(() -> ModelFile.load(file)).hasMessageContainingAll("format 2", "expected format 1");
    }

    @Test
    void theTensorsHaveTheTypeInTheDescription() throws IOException {
        Path file = describe(description("[]", "").replace("FLOAT", "DOUBLE"));

        assertThatThrownBy(() -> ModelFile.load(file)).hasMessageContainingAll("\"0.weight\" is F32", "F64");
    }

    @Test
    void aHugeLayerIsRefusedByTheTensorsThatTheFileHas() throws IOException {
        Path file = describe(description("[]", "").replace("\"units\":2", "\"units\":2147483647"));

        assertThatThrownBy(() -> ModelFile.load(file))
                .hasMessageContainingAll("Layer 1 of 1, Dense(2147483647)", "weight [2147483647, 3]", "weight [2, 3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "\"\"", "{\"a\":0}"})
    void theLargestDescriptionTakesBoundedMemory(String element) throws IOException {
        int count = (MAX_TEXT - 400) / (element.length() + 1);
        String labels = "[" + String.join(",", Collections.nCopies(count, element)) + "]";
        Path file = describe(description(labels, ""));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ModelFile.load(file)).isInstanceOf(ModelFormatException.class);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
    }

    @Test
    void aDescriptionThatCouldNotBeReadIsNotWritten() {
        ModelFile tooLong = ModelFile.of(model(2)).withLabels(List.of("a", "b".repeat(MAX_TEXT)));
        ModelFile half = ModelFile.of(model(2)).withLabels(List.of("a", "\ud800"));

        assertThatThrownBy(() -> tooLong.save(file())).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> half.save(file())).isInstanceOf(ModelFormatException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aMissingFileAndADirectoryAreRefused() {
        assertThatThrownBy(() -> ModelFile.load(file())).hasMessageContainingAll("model.safetensors", "no such file");
        assertThatThrownBy(() -> ModelFile.load(directory)).hasMessageContaining("is not a file");
    }

    @Test
    void inspectionNamesUnknownLayers() throws IOException {
        Path file = describe(description("[]", "").replace("Dense", "com.example.Unknown"));

        assertThat(Inspection.of(file).toString())
                .contains(
                        "0  com.example.Unknown(units=2)", "0.weight", "[2, 3]", "24 bytes", "2 tensors", "no SHA-256");
    }
}
