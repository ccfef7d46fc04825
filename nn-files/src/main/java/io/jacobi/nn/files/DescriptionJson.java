package io.jacobi.nn.files;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * The JSON of a {@link Description}. Unknown members are refused, because a flipped bit in a name must not make an
 * entry vanish.
 */
final class DescriptionJson {

    /** The format that is written, and the only one that is read. */
    private static final int FORMAT = 1;

    /** The names of the types of weights in a description. */
    static final Map<TensorType, String> NAMES = Map.of(TensorType.F32, "FLOAT", TensorType.F64, "DOUBLE");

    private static final String NAME = "the description";
    private static final Set<String> REQUIRED =
            Set.of("format", "version", "input", "type", "seed", "layers", "labels");
    private static final Set<String> OPTIONAL = Set.of("training", "table", "sha256");
    private static final Set<String> TRAINING = Set.of("dataSet", "epochs", "seed", "metrics");

    private DescriptionJson() {}

    static String write(Description description) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeStringProperty("version", description.version());
            json.writeArrayPropertyStart("input");
            description.input().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeStringProperty("type", NAMES.get(description.type()));
            json.writeNumberProperty("seed", description.seed());
            json.writeArrayPropertyStart("layers");
            for (Description.StoredLayer stored : description.layers()) {
                json.writeStartObject();
                stored.name().ifPresent(name -> json.writeStringProperty("name", name));
                json.writeName("layer");
                stored.layer().write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("labels");
            description.labels().forEach(json::writeString);
            json.writeEndArray();
            description.training().ifPresent(training -> write(json, training));
            description.table().ifPresent(table -> {
                json.writeName("table");
                table.write(json);
            });
            description.sha256().ifPresent(hash -> json.writeStringProperty("sha256", hash));
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, TrainingRecord training) {
        json.writeObjectPropertyStart("training");
        json.writeStringProperty("dataSet", training.dataSet());
        json.writeNumberProperty("epochs", training.epochs());
        json.writeNumberProperty("seed", training.seed());
        json.writeObjectPropertyStart("metrics");
        training.metrics().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    static Description parse(String text) throws ModelFormatException {
        JsonValue whole = JsonValue.parse(NAME, text);
        requireFormat(whole);
        JsonObject members = JsonObject.of(whole, REQUIRED, OPTIONAL);
        Optional<JsonValue> training = members.find("training");
        Optional<JsonValue> sha256 = members.find("sha256");
        return new Description(
                members.get("version").string(),
                shape(members.get("input")),
                type(members.get("type")),
                members.get("seed").integer(Long.MIN_VALUE, Long.MAX_VALUE),
                layers(members.get("layers")),
                strings(members.get("labels")),
                training.isPresent() ? Optional.of(training(training.get())) : Optional.empty(),
                members.find("table"),
                sha256.isPresent() ? Optional.of(sha256.get().string()) : Optional.empty());
    }

    /** Checks the format first, because another format may have other members. */
    private static void requireFormat(JsonValue whole) throws ModelFormatException {
        JsonValue format = whole.members().get("format");
        if (format == null || format.integer(0, Long.MAX_VALUE) != FORMAT) {
            throw whole.place().fault(format == null ? "has no format" : "has format " + format, "format " + FORMAT);
        }
    }

    private static List<Long> shape(JsonValue json) throws ModelFormatException {
        List<Long> dims = new ArrayList<>();
        long size = 1;
        for (JsonValue element : json.elements()) {
            long dim = element.integer(1, Long.MAX_VALUE);
            if (dim > Long.MAX_VALUE / size) {
                throw json.place().fault("is a shape of 2^63 elements or more", "fewer");
            }
            size *= dim;
            dims.add(dim);
        }
        return dims;
    }

    private static TensorType type(JsonValue json) throws ModelFormatException {
        String name = json.string();
        for (Map.Entry<TensorType, String> type : NAMES.entrySet()) {
            if (type.getValue().equals(name)) {
                return type.getKey();
            }
        }
        throw json.unexpected("FLOAT or DOUBLE");
    }

    private static List<Description.StoredLayer> layers(JsonValue json) throws ModelFormatException {
        List<Description.StoredLayer> layers = new ArrayList<>();
        for (JsonValue element : json.elements()) {
            JsonObject members = JsonObject.of(element, Set.of("layer"), Set.of("name"));
            Optional<JsonValue> name = members.find("name");
            layers.add(new Description.StoredLayer(
                    name.isPresent() ? Optional.of(name.get().string()) : Optional.empty(), members.get("layer")));
        }
        if (layers.isEmpty()) {
            throw json.place().fault("is empty", "at least one layer");
        }
        return List.copyOf(layers);
    }

    private static List<String> strings(JsonValue json) throws ModelFormatException {
        List<String> strings = new ArrayList<>();
        for (JsonValue element : json.elements()) {
            strings.add(element.string());
        }
        return List.copyOf(strings);
    }

    private static TrainingRecord training(JsonValue json) throws ModelFormatException {
        JsonObject members = JsonObject.of(json, TRAINING, Set.of());
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> metric :
                members.get("metrics").members().entrySet()) {
            metrics.put(metric.getKey(), metric.getValue().number());
        }
        return new TrainingRecord(
                members.get("dataSet").string(),
                (int) members.get("epochs").integer(0, Integer.MAX_VALUE),
                members.get("seed").integer(Long.MIN_VALUE, Long.MAX_VALUE),
                metrics);
    }
}
