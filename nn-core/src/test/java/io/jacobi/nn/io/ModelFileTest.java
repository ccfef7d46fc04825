package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.ModelMetadata;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.HashEncoding;
import io.jacobi.nn.files.table.NumberEncoding;
import io.jacobi.nn.files.table.NumberTransform;
import io.jacobi.nn.files.table.Scaling;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model with its labels and its training record. RoundTripTest and ModelFuzzTest of nn-layers cover every layer and
 * every damage.
 */
class ModelFileTest {

    private static final long MAX_BYTES = 64L << 20;

    /** The longest description, in characters: see docs/model-files.md. */
    private static final int MAX_TEXT = 512 << 10;

    private static final TableEncoding TABLE = new TableEncoding(
            List.of(
                    new NumberEncoding("age", NumberTransform.IDENTITY, new Scaling(40, 10, 38, false), false),
                    new HashEncoding("name", 2)),
            new ClassTarget("member", List.of("no", "yes")),
            List.of("id"));

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
    void aTableComesBackWithTheClassesOfItsTargetAsLabels() throws IOException {
        ModelFile.of(model(2)).withTable(TABLE).save(file());
        ModelFile loaded = ModelFile.load(file());

        assertThat(loaded.table()).contains(TABLE);
        assertThat(loaded.labels()).containsExactly("no", "yes");
    }

    @Test
    void aTableFitsItsModel() throws IOException {
        ModelFile moreOutputs = ModelFile.of(model(3)).withTable(TABLE);
        ModelFile otherLabels = ModelFile.of(model(2)).withTable(TABLE).withLabels(List.of("yes", "no"));
        Sequential wide = Sequential.input(Shape.of(4)).add(new Dense(2)).build(DataType.FLOAT, 1);
        ModelFile moreInputs = ModelFile.of(wide).withTable(TABLE);
        String json = describedTable();

        assertThatThrownBy(moreInputs::requireStorable)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(
                        "the table makes 3 features for a network with an input of shape [4]", "fix: ");
        assertThatThrownBy(() -> moreOutputs.save(file())).hasMessageContaining("2 labels for an output of shape [3]");
        assertThatThrownBy(() -> otherLabels.save(file()))
                .hasMessageContaining("the labels are not the classes of the table's target");
        assertThat(directory).isEmptyDirectory();
        for (String hostile : List.of(
                json.replace("\"buckets\":2", "\"buckets\":3"),
                json.replace("\"buckets\":2", "\"buckets\":2147483647"),
                json.replace("[\"no\",\"yes\"]", "[\"no\",\"yes\",\"perhaps\"]"),
                json.replace("[\"no\",\"yes\"]", "[\"yes\",\"yes\"]"),
                json.replace("[\"no\",\"yes\"]", "[\"a\",\"b\"]"),
                json.replace("\"column\":\"age\"", "\"column\":\"name\""),
                json.replace("\"scale\":10.0", "\"scale\":0.0"),
                json.replace("HashEncoding", "ClassTarget"),
                json.replace("IDENTITY", "CUBE"))) {
            assertThat(hostile).isNotEqualTo(json);
            Path file = describeAndHash(description("[\"no\",\"yes\"]", ",\"table\":" + hostile));
            assertThatThrownBy(() -> ModelFile.load(file))
                    .as(hostile)
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("model.safetensors", "expect", "fix: ");
        }
    }

    private static String describedTable() throws ModelFormatException {
        String description = ModelDescriptions.of(
                        ModelFile.of(model(2)).withTable(TABLE), "x", "hash", LayerTypes.installed())
                .toJson();
        return description.substring(description.indexOf("\"table\":") + 8, description.indexOf(",\"sha256\""));
    }

    private Path describeAndHash(String description) throws IOException {
        try (OutputStream out = Files.newOutputStream(file())) {
            SafetensorsArrays.write(out, ModelMetadata.of(description, Optional.empty()), ModelTensors.of(model(2)));
        }
        return file();
    }

    @Test
    void aChangedTableIsReported() throws IOException {
        ModelFile.of(model(2)).withTable(TABLE).save(file());
        byte[] bytes = Files.readAllBytes(file());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int scale = text.indexOf(":10.0");
        assertThat(scale).isPositive();
        bytes[scale + 1] = '2';
        Files.write(file(), bytes);

        assertThatThrownBy(() -> ModelFile.load(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the description changed after the file was written");
    }

    /** A description without a hash is of an earlier version, which knew no tables. */
    @Test
    void aTableWithoutAHashIsRefused() throws IOException {
        String withTable = description("[\"no\",\"yes\"]", ",\"table\":" + describedTable());

        assertThat(ModelFile.load(describeAndHash(withTable)).table()).contains(TABLE);
        assertThatThrownBy(() -> ModelFile.load(describe(withTable)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the description changed after the file was written");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void weightsThatAreNotFiniteAreLoadedUnlessTheyAreRefused(double bad) throws IOException {
        Sequential model = model(2);
        ModelFile.of(model).save(file());
        assertThat(ModelFile.load(file()).requireFinite().model().layers()).isEqualTo(model.layers());

        Vectors.set(model.value("0.bias"), new double[] {1, bad});
        ModelFile.of(model).save(file());
        ModelFile loaded = ModelFile.load(file());
        assertThatThrownBy(loaded::requireFinite)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("element 1 of 0.bias is " + bad, "expected finite weights", "fix: ");
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

    /** The file loses its end after it was opened and checked, as when another program writes it again. */
    @Test
    void aFileThatBecomesShorterLeavesTheModelAsItWas() throws IOException {
        try (OutputStream out = Files.newOutputStream(file())) {
            SafetensorsArrays.write(out, Map.of(), ModelTensors.of(model(2))); // no description, and no hash
        }
        Sequential other = model(2).copy();
        Vectors.set(other.weights(), new double[8]);
        try (Safetensors opened = Safetensors.open(file());
                RandomAccessFile writer = new RandomAccessFile(file().toFile(), "rw")) {
            writer.setLength(Files.size(file()) - 4); // the last element of the bias

            assertThatThrownBy(() -> ModelFile.loadWeights(other, opened))
                    .hasMessageContainingAll(file() + " became shorter while it was read", "expected", "fix: ");
        }

        assertThat(Vectors.toDoubles(other.weights())).containsOnly(0);
    }

    private static Map<String, INDArray> renamed(String prefix) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        ModelTensors.of(model(2)).forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        return tensors;
    }

    /** DataParallel of PyTorch puts "module." before each name. */
    @Test
    void namesWithAPrefixAreShownWithAWayToRemoveIt() throws IOException {
        try (OutputStream out = Files.newOutputStream(file())) {
            SafetensorsArrays.write(out, Map.of(), renamed("module."));
        }

        assertThatThrownBy(() -> ModelFile.loadWeights(model(2), file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Layer 1 of 1, Dense(2) \"head\": cannot load weights"
                        + "\n  expects  weight [2, 3]"
                        + "\n  received no 0.weight from " + file() + ", which has [module.0.weight, module.0.bias]"
                        + "\n  fix: remove \"module.\" from the names before they are stored:"
                        + " {k.removeprefix('module.'): v for k, v in model.state_dict().items()}");
    }

    @Test
    void namesOfAttributesAreShownWithTheNamesOfASequential() throws IOException {
        Map<String, INDArray> tensors = ModelTensors.of(model(2));
        try (OutputStream out = Files.newOutputStream(file())) {
            SafetensorsArrays.write(
                    out, Map.of(), Map.of("head.weight", tensors.get("0.weight"), "head.x", tensors.get("0.bias")));
        }

        assertThatThrownBy(() -> ModelFile.loadWeights(model(2), file()))
                .hasMessageContainingAll("head.weight", "fix: give the tensors the names in a torch.nn.Sequential");
    }

    @Test
    void halfPrecisionIsConvertedInPyTorch() throws IOException {
        String header = "{\"0.weight\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},"
                + "\"0.bias\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[12,16]}}";
        byte[] json = header.getBytes(StandardCharsets.US_ASCII);
        Files.write(
                file(),
                ByteBuffer.allocate(8 + json.length + 16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());

        assertThatThrownBy(() -> ModelFile.loadWeights(model(2), file()))
                .hasMessageContainingAll(
                        "weight of F16", "fix: convert the weights in PyTorch before they are stored: model.float()");
    }

    /** A name, a type and an unknown member with a line feed and an escape character, each refused in its own way. */
    @Test
    void noMessageHasAControlCharacterOfTheFile() throws IOException {
        String evil = "\\n\\u001b[2J" + "x".repeat(900);
        String intact = description("[]", "");
        for (String description : List.of(
                intact.replace("Dense", evil),
                intact.replace("\"units\"", "\"" + evil + "\""),
                intact.replace("\"units\":2", "\"units\":\"" + evil + "\""),
                intact.replace("FLOAT", evil),
                intact.replace("{\"layer\"", "{\"name\":\"" + evil + "\",\"layer\"")
                        .replace(":2", ":7"),
                description("[]", ",\"" + evil + "\":1"),
                description("[]", ",\"sha256\":\"" + evil + "\""),
                description("[]", "\u001b[2J" + "x".repeat(100_000)))) {
            Path file = describe(description);
            assertThatThrownBy(() -> ModelFile.load(file))
                    .as(description)
                    .isInstanceOf(ModelFormatException.class)
                    .satisfies(e -> {
                        assertThat(e.getMessage()).hasSizeLessThan(1500).doesNotContain("\u001b");
                        assertThat(String.valueOf(e.getMessage()).lines().skip(1))
                                .allMatch(line -> line.startsWith("  "));
                    });
        }
    }

    @Test
    void aShapeOfMoreDimensionsThanAnArrayHasIsRefused() throws IOException {
        Path file = describe(description("[]", "").replace("[3]", "[" + "1,".repeat(50_000) + "1]"));

        assertThatThrownBy(() -> ModelFile.load(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(file.toString(), "too many dimensions", "at most 31", "50001");
    }

    /** The file of this model has 28 bytes of weights. */
    @Test
    void aModelThatNeedsMoreMemoryToPredictThanTheOptionsAllowIsRefused() throws IOException {
        Sequential wide =
                Sequential.input(Shape.of(1000, 1000)).add(new Rectifier()).build(DataType.FLOAT, 1);
        LayerTypes types = LayerTypes.of(new TestLayerProvider());
        ModelFile.of(wide).save(file(), types);
        LoadOptions small = LoadOptions.defaults().withTypes(types).withPredictionBytes(7_999_999);

        // x and y of a million floats
        assertThatThrownBy(() -> ModelFile.load(file(), small))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file() + ": the prediction of one example would take 8000000 bytes"
                        + "\n  expected at most 7999999 bytes"
                        + "\n  fix: if you trust the file and have the memory, load it with"
                        + " LoadOptions.defaults().withPredictionBytes(8000000)");
        assertThat(ModelFile.load(file(), small.withPredictionBytes(8_000_000))
                        .model()
                        .layers())
                .isEqualTo(wide.layers());
        assertThat(ModelFile.load(file(), small.withRoomFor(wide.blueprint(), DataType.FLOAT))
                        .model()
                        .layers())
                .isEqualTo(wide.layers());
    }
}
