package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A description comes back as it was written, and a text that is not exactly of the format is refused. */
class DescriptionTest {

    private static final String LAYER = "{\"type\":\"Affine\",\"arguments\":{\"units\":2}}";
    private static final String TABLE = "{\"type\":\"T\",\"arguments\":{\"x\":[1,0.5]}}";
    private static final List<String> MEMBERS = List.of(
            "\"format\":1",
            "\"version\":\"x\"",
            "\"input\":[3]",
            "\"type\":\"FLOAT\"",
            "\"seed\":1",
            "\"layers\":[{\"layer\":" + LAYER + "}]",
            "\"labels\":[]");
    private static final String SMALLEST = "{" + String.join(",", MEMBERS) + "}";

    private static Description description(TensorType type) throws ModelFormatException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", Double.NaN);
        metrics.put("accuracy", 0.1 + 0.2);
        return new Description(
                "1.0 \"ü\"",
                List.of(1L, 28L, 28L),
                type,
                Long.MIN_VALUE,
                List.of(
                        new Description.StoredLayer(Optional.of("first"), JsonValue.parse("layer", LAYER)),
                        new Description.StoredLayer(
                                Optional.empty(), JsonValue.parse("layer", "{\"type\":\"Relu\",\"arguments\":{}}"))),
                List.of("a", "\"b\"\n", ""),
                Optional.of(new TrainingRecord("Töy", 3, -9, metrics)),
                Optional.of(JsonValue.parse("table", TABLE)),
                Optional.of("0123"));
    }

    @Test
    void comesBackWithEverything() throws ModelFormatException {
        for (TensorType type : new TensorType[] {TensorType.F32, TensorType.F64}) {
            Description description = description(type);

            Description read = Description.parse(description.toJson());

            assertThat(read).isEqualTo(description);
            assertThat(read.training().orElseThrow().metrics().keySet()).containsExactly("loss", "accuracy");
            assertThat(read.layers().get(0).layer().argument("units").integer(1, 9))
                    .isEqualTo(2);
        }
    }

    @Test
    void comesBackWithoutItsOptionalParts() throws ModelFormatException {
        Description read = Description.parse(SMALLEST);

        assertThat(read.training()).isEmpty();
        assertThat(read.table()).isEmpty();
        assertThat(read.sha256()).isEmpty();
        assertThat(read.layers().get(0).name()).isEmpty();
        assertThat(read.toJson()).isEqualTo(SMALLEST);
    }

    /** Files of earlier versions have these characters, and hashes of them. */
    @Test
    void theTextOfTheFormatIsFixed() throws ModelFormatException {
        assertThat(description(TensorType.F64).toJson())
                .isEqualTo("{\"format\":1,\"version\":\"1.0 \\\"ü\\\"\",\"input\":[1,28,28],\"type\":\"DOUBLE\","
                        + "\"seed\":-9223372036854775808,\"layers\":[{\"name\":\"first\",\"layer\":" + LAYER
                        + "},{\"layer\":{\"type\":\"Relu\",\"arguments\":{}}}],"
                        + "\"labels\":[\"a\",\"\\\"b\\\"\\n\",\"\"],"
                        + "\"training\":{\"dataSet\":\"Töy\",\"epochs\":3,\"seed\":-9,"
                        + "\"metrics\":{\"loss\":\"NaN\",\"accuracy\":0.30000000000000004}},"
                        + "\"table\":" + TABLE + ",\"sha256\":\"0123\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "input", "type", "seed", "layers", "labels"})
    void aMissingMemberIsNamed(String name) {
        String text = MEMBERS.stream()
                .filter(member -> !member.startsWith("\"" + name + "\":"))
                .collect(Collectors.joining(",", "{", "}"));

        assertThatThrownBy(() -> Description.parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("the description has no \"" + name + "\"", "expected a member", "fix: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\":1        | \"forma\":1          | the description has no format",
                "\"format\":1        | \"format\":2         | the description has format 2",
                "\"format\":1        | \"format\":\"1\"     | the description.format is \"1\"",
                "\"format\":1        | \"format\":-1        | the description.format is -1",
                "\"labels\":[]       | \"label\":[]         | the description has no \"labels\"",
                "\"labels\":[]       | \"labels\":[],\"x\":1 | the description has an unknown member \"x\"",
                "\"labels\":[]       | \"labels\":[1]       | the description.labels[0] is 1",
                "\"labels\":[]       | \"labels\":{}        | the description.labels is an object",
                "\"version\":\"x\"   | \"version\":1        | the description.version is 1",
                "\"type\":\"FLOAT\"  | \"type\":\"HALF\"    | the description.type is \"HALF\"",
                "\"type\":\"FLOAT\"  | \"type\":\"F32\"     | the description.type is \"F32\"",
                "\"seed\":1          | \"seed\":1.0         | the description.seed is 1.0",
                "\"seed\":1          | \"seed\":null        | the description.seed is null",
                "\"input\":[3]       | \"input\":3          | the description.input is 3",
                "\"input\":[3]       | \"input\":[0]        | the description.input[0] is 0",
                "\"input\":[3]       | \"input\":[-1]       | the description.input[0] is -1",
                // 2^32 · 2^31 is Long.MIN_VALUE without an overflow check, and 2^32 · 2^32 is 0
                "\"input\":[3]       | \"input\":[4294967296,2147483648] | is a shape of 2^63 elements or more",
                "\"input\":[3]       | \"input\":[4294967296,4294967296] | is a shape of 2^63 elements or more",
                "{\"layer\":         | {\"lay\":            | the description.layers[0] has no \"layer\"",
                "{\"layer\":         | {\"x\":1,\"layer\":  | layers[0] has an unknown member \"x\"",
                "{\"layer\":         | {\"name\":1,\"layer\": | the description.layers[0].name is 1",
                "}],\"labels\":[]    | }],\"labels\":[],\"training\":{} | the description.training has no",
                "}],\"labels\":[]    | }],\"labels\":[],\"sha256\":7 | the description.sha256 is 7"
            })
    void aTextOfAnotherFormIsRefused(String part, String replacement, String problem) {
        assertThat(SMALLEST).containsOnlyOnce(part);
        String text = SMALLEST.replace(part, replacement);

        assertThatThrownBy(() -> Description.parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(problem, "\n  expected ", "\n  fix: ");
    }

    @Test
    void theLargestShapeIsAccepted() throws ModelFormatException {
        String text = SMALLEST.replace("\"input\":[3]", "\"input\":[4294967296,2147483647]");

        assertThat(Description.parse(text).input()).containsExactly(1L << 32, (1L << 31) - 1);
    }

    @Test
    void aModelHasALayer() {
        String text = SMALLEST.replace("[{\"layer\":" + LAYER + "}]", "[]");

        assertThatThrownBy(() -> Description.parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("the description.layers is empty", "at least one layer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"epochs\":3        | \"epochs\":-1          | the description.training.epochs is -1",
                "\"epochs\":3        | \"epochs\":2147483648  | the description.training.epochs is 2147483648",
                "\"dataSet\":        | \"data set\":          | the description.training has no \"dataSet\"",
                "\"dataSet\":        | \"x\":1,\"dataSet\":   | the description.training has an unknown member \"x\"",
                "\"loss\":\"NaN\"    | \"loss\":\"nan\"       | the description.training.metrics.loss is \"nan\""
            })
    void aTrainingRecordOfAnotherFormIsRefused(String part, String replacement, String problem)
            throws ModelFormatException {
        String json = description(TensorType.F32).toJson();
        assertThat(json).containsOnlyOnce(part);

        assertThatThrownBy(() -> Description.parse(json.replace(part, replacement)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(problem, "\n  expected ", "\n  fix: ");
    }

    @Test
    void aTrainingHasNoNegativeNumberOfEpochs() {
        assertThatThrownBy(() -> new TrainingRecord("Toy", -1, 0, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("-1 epochs", "expected 0 or more");
    }
}
