package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jacobi's entries: a file that has changed since it was written is refused, in its description, its run or its
 * weights.
 */
class ModelMetadataTest {

    private static final RunState RUN = new RunState(
            List.of(), 12, 12, 1, 1, 0, false, new RunState.Sums(0, 0, 0, 0), List.of(), List.of("a note"));

    @TempDir
    private Path directory;

    /** Reads something from an open file. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(Safetensors file) throws IOException;
    }

    private Path path() {
        return directory.resolve("model.safetensors");
    }

    private <T> T read(Reading<T> reading) throws IOException {
        try (Safetensors file = Safetensors.open(path())) {
            return reading.from(file);
        }
    }

    private void writeModel() throws IOException {
        TestTensors.AFFINE.writeModel(path(), TestTensors.AFFINE.description(), Optional.empty());
    }

    private void writeCheckpoint() throws IOException {
        new TestTensors()
                .add("0.weight", 1, 2)
                .add("run.history", 3)
                .writeModel(path(), TestTensors.AFFINE.description(), Optional.of(RUN));
    }

    /** Replaces text in the file by another text of the same length. */
    private void change(String text, String other) throws IOException {
        String file = Files.readString(path(), StandardCharsets.ISO_8859_1);
        assertThat(file).containsOnlyOnce(text);
        Files.writeString(path(), file.replace(text, other), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theDescriptionComesBack() throws IOException {
        writeModel();

        assertThat(read(ModelMetadata::description)).isEqualTo(TestTensors.AFFINE.description());
        assertThat(read(ModelMetadata::isDescribed)).isTrue();
        assertThat(read(ModelMetadata::isCheckpoint)).isFalse();
    }

    @Test
    void theRunComesBack() throws IOException {
        writeCheckpoint();

        assertThat(read(ModelMetadata::run)).isEqualTo(RUN);
        assertThat(read(ModelMetadata::isCheckpoint)).isTrue();
    }

    @Test
    void aChangedDescriptionIsRefused() throws IOException {
        writeModel();
        change("cat", "bat");

        assertThatThrownBy(() -> read(ModelMetadata::description))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + ": the description changed after the file was written")
                .hasMessageContainingAll("SHA-256", "received", "at least one bit is wrong");
        assertThat(read(ModelMetadata::unverified).labels()).containsExactly("bat", "dog");
    }

    /** The file changes between two tensors: what counts is what was read, not what the file was before. */
    @Test
    void theHashIsTheHashOfTheBytesThatWereRead() throws IOException {
        writeModel();
        byte[] bytes = Files.readAllBytes(path());
        byte[] changed = bytes.clone();
        changed[bytes.length - 1] ^= 1; // in the last tensor, the bias

        try (Safetensors file = Safetensors.open(path())) {
            Optional<Description> description = Optional.of(ModelMetadata.description(file));
            ModelMetadata.requireIntact(description.get(), file);
            assertThatThrownBy(() -> ModelMetadata.readIntact(description, file, (tensor, in) -> {
                        assertThat(in.readNBytes(3)).hasSize(3);
                        Files.write(path(), changed);
                    }))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("the weights changed after the file was written");
            Files.write(path(), bytes);
            ModelMetadata.readIntact(description, file, (tensor, in) -> {
                in.readAllBytes();
                Files.write(path(), tensor.name().equals("0.bias") ? changed : bytes);
            });
        }
    }

    @Test
    void aChangedHashOfTheDescriptionIsRefused() throws IOException {
        writeModel();
        String hash = read(file -> file.metadata().getOrDefault("jacobi.sha256", ""));
        change(hash, hash.substring(1) + (hash.endsWith("0") ? "1" : "0"));

        assertThatThrownBy(() -> read(ModelMetadata::description))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the description changed after the file was written");
    }

    @Test
    void aChangedRunIsRefused() throws IOException {
        writeCheckpoint();
        change("a note", "a vote");

        assertThatThrownBy(() -> read(ModelMetadata::run))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + ": the record of the run changed after the file was written")
                .hasMessageContaining("SHA-256");
        assertThat(read(ModelMetadata::description)).isEqualTo(TestTensors.AFFINE.description());
    }

    @Test
    void aRunWithoutAHashIsRefused() throws IOException {
        TestTensors.AFFINE.write(path(), Map.of("jacobi.run", RUN.toJson()));

        assertThatThrownBy(() -> read(ModelMetadata::run))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the record of the run changed");
    }

    @Test
    void aDescriptionWithoutAHashIsAccepted() throws IOException {
        Description description = TestTensors.AFFINE.description();
        TestTensors.AFFINE.write(path(), Map.of("jacobi", description.toJson()));

        assertThat(read(ModelMetadata::description)).isEqualTo(description);
    }

    @Test
    void changedWeightsAreRefused() throws IOException {
        writeModel();
        Description description = read(ModelMetadata::description);
        assertThatCode(() -> requireIntact(description)).doesNotThrowAnyException();
        byte[] bytes = Files.readAllBytes(path());
        bytes[bytes.length - 1] ^= 1;
        Files.write(path(), bytes);

        assertThatThrownBy(() -> requireIntact(read(ModelMetadata::description)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + ": the weights changed after the file was written")
                .hasMessageContainingAll(description.sha256().orElseThrow(), "received", "at least one bit is wrong");
    }

    private void requireIntact(Description description) throws IOException {
        try (Safetensors file = Safetensors.open(path())) {
            ModelMetadata.requireIntact(description, file);
        }
    }

    @Test
    void weightsWithoutAHashAreAccepted() throws IOException {
        writeModel();
        Description d = TestTensors.AFFINE.description();
        Description withoutHash = new Description(
                d.version(),
                d.input(),
                d.type(),
                d.seed(),
                d.layers(),
                d.labels(),
                d.training(),
                d.table(),
                Optional.empty());

        assertThatCode(() -> requireIntact(withoutHash)).doesNotThrowAnyException();
    }

    @Test
    void aFileWithoutTheEntriesIsNeitherAModelNorACheckpoint() throws IOException {
        TestTensors.AFFINE.write(path(), Map.of("format", "pt"));

        assertThatThrownBy(() -> read(ModelMetadata::description))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + " does not describe its layers")
                .hasMessageContainingAll("\"jacobi\"", "ModelFile.loadWeights");
        assertThatThrownBy(() -> read(ModelMetadata::run))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + " is not a checkpoint")
                .hasMessageContainingAll("\"jacobi.run\"", "load only the model");
    }

    @Test
    void aMalformedEntryIsRefusedWithTheNameOfTheFile() throws IOException {
        TestTensors.AFFINE.write(path(), ModelMetadata.of("{}", Optional.of("[]")));

        assertThatThrownBy(() -> read(ModelMetadata::description))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + ": the description has no format");
        assertThatThrownBy(() -> read(ModelMetadata::run))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(path() + ": the run is an array");
    }

    @Test
    void anEntryThatIsTooLongForAReaderIsNotWritten() throws ModelFormatException {
        String longest = "x".repeat(ModelMetadata.MAX_TEXT);

        assertThat(ModelMetadata.of(longest, Optional.of(longest)).keySet())
                .containsExactly("jacobi", "jacobi.sha256", "jacobi.run", "jacobi.run.sha256");
        assertThatThrownBy(() -> ModelMetadata.of(longest + "x", Optional.empty()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("\"jacobi\" would have 524289 characters", "at most 524288", "labels");
        assertThatThrownBy(() -> ModelMetadata.of("", Optional.of(longest + "x")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("\"jacobi.run\" would have 524289 characters", "notes");
    }

    @Test
    void tensorsOfAnotherTypeAreRefused() throws IOException {
        writeModel();

        assertThatCode(() -> requireType(TensorType.F32)).doesNotThrowAnyException();
        assertThatThrownBy(() -> requireType(TensorType.F64))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("\"0.weight\" is F32", "expected F64, because its description says DOUBLE");
    }

    private void requireType(TensorType type) throws IOException {
        try (Safetensors file = Safetensors.open(path())) {
            ModelMetadata.requireType(type, file);
        }
    }

    @Test
    void onlyACheckpointHasTensorsOfARun() throws IOException {
        TestTensors tensors = new TestTensors().add("run.history", 3);
        tensors.write(path(), Map.of());
        assertThat(read(ModelMetadataTest::tensorsOfTheRun)).isEmpty();
        assertThatThrownBy(() -> requireType(TensorType.F64)).hasMessageContaining("\"run.history\" is F32");

        writeCheckpoint();
        assertThat(read(ModelMetadataTest::tensorsOfTheRun)).containsExactly("run.history");
        tensors.write(path(), new LinkedHashMap<>(ModelMetadata.of("", Optional.of(RUN.toJson()))));
        assertThatCode(() -> requireType(TensorType.F64)).doesNotThrowAnyException();
    }

    private static List<String> tensorsOfTheRun(Safetensors file) {
        return file.tensors().stream()
                .filter(tensor -> ModelMetadata.isOfRun(tensor, file))
                .map(TensorInfo::name)
                .toList();
    }
}
