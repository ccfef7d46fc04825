package io.jacobi.nn.files;

import static io.jacobi.nn.files.Inspection.Integrity.DAMAGED;
import static io.jacobi.nn.files.Inspection.Integrity.INTACT;
import static io.jacobi.nn.files.Inspection.Integrity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** People see what a file contains, even if it is damaged, and whether it is. */
class InspectionTest {

    private static final RunState RUN = new RunState(
            List.of(new RunState.Setting("loss", "Mse")),
            12,
            12,
            1,
            1,
            0,
            false,
            new RunState.Sums(0, 0, 0, 0),
            List.of(),
            List.of());

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("model.safetensors");
    }

    private void change(String text, String other) throws IOException {
        String file = Files.readString(path(), StandardCharsets.ISO_8859_1);
        assertThat(file).containsOnlyOnce(text);
        Files.writeString(path(), file.replace(text, other), StandardCharsets.ISO_8859_1);
    }

    @Test
    void showsAModel() throws IOException {
        TestTensors.AFFINE.writeModel(path(), TestTensors.AFFINE.description(), Optional.empty());

        Inspection inspection = Inspection.of(path());

        assertThat(inspection.integrity()).isEqualTo(INTACT);
        assertThat(inspection.toString().lines())
                .containsExactly(
                        path().toString(),
                        "written by Jacobi 1.0, FLOAT, seed 7",
                        "layers",
                        "  input [3]",
                        "  0  Affine(units=2, bias=true) \"head\"",
                        "labels cat, dog",
                        "trained on Pets, 5 epochs, seed 42, accuracy 0.9800",
                        "tensors",
                        "  0.weight  F32   [6]                             24 bytes",
                        "  0.bias    F32   [2]                              8 bytes",
                        "2 tensors, 32 bytes; SHA-256 agrees");
    }

    @Test
    void countsTheNumbersThatAreNotFinite() throws IOException {
        float nan = Float.NaN;
        TestTensors tensors = new TestTensors()
                .add("0.weight", 1, nan, 3, Float.POSITIVE_INFINITY, 5, Float.NEGATIVE_INFINITY)
                .add("0.bias", -1, 0.5f)
                .add("history", nan);
        tensors.writeModel(path(), tensors.description(), Optional.of(RUN));

        Inspection inspection = Inspection.of(path());

        assertThat(inspection.nonFinite()).isEqualTo(Map.of("0.weight", 3L));
        assertThat(inspection.integrity()).as("the file is as it was written").isEqualTo(INTACT);
        assertThat(inspection.toString()).contains("NOT FINITE: 0.weight has 3 numbers that are NaN or infinite\n");
    }

    @Test
    void countsInTensorsLongerThanAPiece() throws IOException {
        float[] values = new float[40_001];
        values[16_383] = Float.NaN;
        values[16_384] = Float.NaN;
        values[40_000] = Float.NaN;
        new TestTensors().add("long", values).write(path(), Map.of());

        assertThat(Inspection.of(path()).nonFinite()).isEqualTo(Map.of("long", 3L));
    }

    @Test
    void showsACheckpoint() throws IOException {
        TestTensors.AFFINE.writeModel(path(), TestTensors.AFFINE.description(), Optional.of(RUN));

        Inspection inspection = Inspection.of(path());

        assertThat(inspection.integrity()).isEqualTo(INTACT);
        assertThat(inspection.toString())
                .contains("checkpoint of a run at step 12, 1 epoch done\n  loss: Mse\ntensors\n");
    }

    @Test
    void showsAFileOfAnotherProgram() throws IOException {
        TestTensors.AFFINE.write(path(), Map.of("format", "pt"));

        Inspection inspection = Inspection.of(path());

        assertThat(inspection.integrity()).isEqualTo(UNKNOWN);
        assertThat(inspection.toString())
                .contains("no description of layers\nmetadata {format=pt}\ntensors\n", "no SHA-256 to compare with");
    }

    @Test
    void showsAFileWithoutAnything() throws IOException {
        new TestTensors().write(path(), Map.of());

        assertThat(Inspection.of(path()).toString().lines())
                .containsExactly(
                        path().toString(),
                        "no description of layers",
                        "tensors",
                        "0 tensors, 0 bytes; no SHA-256 to compare with");
    }

    @Test
    void reportsChangedWeightsAndShowsTheFile() throws IOException {
        TestTensors.AFFINE.writeModel(path(), TestTensors.AFFINE.description(), Optional.empty());
        byte[] bytes = Files.readAllBytes(path());
        bytes[bytes.length - 1] ^= 1;
        Files.write(path(), bytes);

        Inspection inspection = Inspection.of(path());

        assertThat(inspection.integrity()).isEqualTo(DAMAGED);
        assertThat(inspection.toString()).contains("Affine(units=2, bias=true)", "SHA-256 DIFFERS");
    }

    @Test
    void reportsAChangedDescriptionAndAChangedRun() throws IOException {
        TestTensors.AFFINE.writeModel(path(), TestTensors.AFFINE.description(), Optional.of(RUN));
        change("dog", "log");
        assertThat(Inspection.of(path()).integrity()).isEqualTo(DAMAGED);
        assertThat(Inspection.of(path()).toString()).contains("labels cat, log");

        change("log", "dog");
        assertThat(Inspection.of(path()).integrity()).isEqualTo(INTACT);
        change("Mse", "Mae");
        assertThat(Inspection.of(path()).integrity()).isEqualTo(DAMAGED);
    }

    @Test
    void aDescriptionWithoutAHashOfTheTensorsIsOfUnknownIntegrity() throws IOException {
        Description d = TestTensors.AFFINE.description();
        TestTensors.AFFINE.writeModel(
                path(),
                new Description(
                        d.version(),
                        d.input(),
                        TensorType.F64,
                        d.seed(),
                        d.layers(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty());

        assertThat(Inspection.of(path()).integrity()).isEqualTo(UNKNOWN);
        assertThat(Inspection.of(path()).toString()).contains("DOUBLE, seed 7").doesNotContain("labels", "trained on");
    }

    @Test
    void refusesAMalformedDescription() throws IOException {
        TestTensors.AFFINE.write(path(), ModelMetadata.of("{\"format\":3}", Optional.empty()));

        assertThatThrownBy(() -> Inspection.of(path()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(path() + ": the description has format 3", "expected format 1");
    }

    /** A label with colours and one that sets the title of the window; a label that looks like the last line. */
    @Test
    void showsNoCommandOfATerminal() throws IOException {
        assertThat(stored("terminal-commands").lines())
                .contains("labels \\u001b[31mA, b\\rSHA-256 agrees, c, \\u001b]0;owned\\u0007");
    }

    /** The version of the file has the lines of an intact model, and then clears the screen. */
    @Test
    void showsNoForgedLine() throws IOException {
        assertThat(stored("forged-lines").lines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("written by Jacobi x\\nlayers\\n  input [784]\\n")
                        && line.endsWith("... (92 characters), FLOAT, seed 1"));
    }

    private String stored(String name) throws IOException {
        try (InputStream in = InspectionTest.class.getResourceAsStream("/models/" + name + ".safetensors")) {
            Files.copy(Objects.requireNonNull(in), path());
        }
        String shown = Inspection.of(path()).toString();
        assertThat(shown.chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
        return shown;
    }

    /** Every text that a file can hold, in every place that shows it. */
    @Test
    void escapesEveryText() throws IOException {
        String text = "\n\u001b[2J" + "x".repeat(500);
        TestTensors tensors = new TestTensors().add("0." + text, 1);
        RunState run = new RunState(
                List.of(new RunState.Setting(text, text)),
                1,
                1,
                1,
                1,
                0,
                false,
                new RunState.Sums(0, 0, 0, 0),
                List.of(new RunState.Value(text, text, 1)),
                List.of(text));
        JsonValue layer = JsonValue.parse(
                "layer", "{\"type\":\"\\n\\u001b\",\"arguments\":{\"\\n\\u001b\":[\"\\n\\u001b\",{\"\\n\":\"\\n\"}]}}");
        Description description = new Description(
                text,
                List.of(3L),
                TensorType.F32,
                7,
                List.of(new Description.StoredLayer(Optional.of(text), layer)),
                List.of(text),
                Optional.of(new TrainingRecord(text, 5, 42, Map.of(text, 0.98))),
                Optional.of(table(layer, layer, "[\"\\n\\u001b\"]")),
                Optional.of(tensors.sha256()));
        tensors.writeModel(path(), description, Optional.of(run));

        String shown = Inspection.of(path()).toString();

        assertThat(shown.lines()).hasSize(18);
        assertThat(shown)
                .contains("0  \\n\\u001b(\\n\\u001b=[\\n\\u001b, (\\n=\\n)])")
                .doesNotContain("\u001b");
        tensors.write(path(), Map.of(text, text));
        assertThat(Inspection.of(path()).toString().lines()).hasSize(6);
    }

    private static JsonValue table(JsonValue column, JsonValue target, String ignored) throws ModelFormatException {
        String json = "{\"type\":\"TableEncoding\",\"arguments\":{\"columns\":[" + text(column) + "],\"target\":"
                + text(target) + ",\"ignored\":" + ignored + "}}";
        return JsonValue.parse("table", json);
    }

    private static String text(JsonValue json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.write(generator);
        }
        return text.toString();
    }

    @Test
    void showsTheColumnsOfATable() throws IOException {
        JsonValue city = JsonValue.parse(
                "city",
                "{\"type\":\"OneHotEncoding\",\"arguments\":{\"column\":\"city\",\"categories\":["
                        + "\"Bern\",".repeat(1000) + "\"Rome\"]}}");
        JsonValue member = JsonValue.parse(
                "member",
                "{\"type\":\"ClassTarget\",\"arguments\":{\"column\":\"member\",\"classes\":[\"no\",\"yes\"]}}");
        String none = inspect(table(city, member, "[]"));

        assertThat(none)
                .containsPattern(
                        "\ntable of 1 column\n {2}OneHotEncoding\\(column=city, categories=\\[Bern, [^\n]*\\.\\.\\.\n"
                                + " {2}target ClassTarget\\(column=member, classes=\\[no, yes\\]\\)\ntrained on Pets")
                .doesNotContain("ignored");
        assertThat(none.lines()).allMatch(line -> line.length() < 300);
        assertThat(inspect(table(city, member, "[\"id\"]"))).contains("\n  ignored [id]\n");
        assertThat(inspect(table(city, member, "7"))).contains("\ntable TableEncoding(columns=[OneHotEncoding(");
        assertThat(inspect(JsonValue.parse("table", "[true]"))).contains("\ntable [true]\n");
    }

    private String inspect(JsonValue table) throws IOException {
        Description d = TestTensors.AFFINE.description();
        TestTensors.AFFINE.writeModel(
                path(),
                new Description(
                        d.version(),
                        d.input(),
                        d.type(),
                        d.seed(),
                        d.layers(),
                        d.labels(),
                        d.training(),
                        Optional.of(table),
                        d.sha256()),
                Optional.empty());
        assertThat(Inspection.of(path()).integrity()).isEqualTo(INTACT);
        return Inspection.of(path()).toString();
    }

    @Test
    void aTableThatHasChangedOrLostItsHashIsDamaged() throws IOException {
        JsonValue member = JsonValue.parse("member", "{\"type\":\"ClassTarget\",\"arguments\":{}}");
        String intact = inspect(table(member, member, "[\"id\"]"));

        change("\\\"id\\\"", "\\\"ie\\\"");
        assertThat(Inspection.of(path()).integrity()).isEqualTo(DAMAGED);
        change("\\\"ie\\\"", "\\\"id\\\"");
        assertThat(Inspection.of(path())).hasToString(intact);
        change("\"jacobi.sha256\"", "\"jacobi.sha257\"");
        assertThat(Inspection.of(path()).integrity()).isEqualTo(DAMAGED);
    }

    /** A name of 1,000 characters does not widen the rows of all other tensors. */
    @Test
    void isNotMuchLongerThanTheFile() throws IOException {
        TestTensors tensors = new TestTensors().add("n".repeat(1000), 1);
        for (int i = 0; i < 10_000; i++) {
            tensors.add("" + i, 1);
        }
        tensors.write(path(), Map.of());

        assertThat(Inspection.of(path()).toString().length()).isLessThan((int) (2 * Files.size(path())));
    }

    @Test
    void aLongLayerIsCut() throws IOException {
        String dims = "1,".repeat(200_000);
        TestTensors.AFFINE.write(
                path(),
                ModelMetadata.of(
                        TestTensors.AFFINE.description().toJson().replace("\"units\":2", "\"dims\":[" + dims + "1]"),
                        Optional.empty()));

        assertThat(Inspection.of(path()).toString()).hasSizeLessThan(3000).contains("  0  Affine(dims=[1, 1,", "...");
    }
}
