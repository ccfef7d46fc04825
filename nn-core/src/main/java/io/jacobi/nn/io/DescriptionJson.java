package io.jacobi.nn.io;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.model.Blueprint;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The JSON of a {@link Description}. What it does not know it refuses: a flipped bit in a name must not make an entry vanish. */
final class DescriptionJson {

    /** What is written, and the only one that is read. */
    private static final int FORMAT = 1;

    private static final String NAME = "the description";
    private static final Set<String> REQUIRED =
            Set.of("format", "version", "input", "type", "seed", "layers", "labels");
    private static final Set<String> OPTIONAL = Set.of("training", "sha256");
    private static final Set<String> TRAINING = Set.of("dataSet", "epochs", "seed", "metrics");

    private DescriptionJson() {}

    /**
     * Of a model and what is known of it.
     *
     * @throws ModelFormatException if a layer cannot be stored
     */
    static String write(ModelFile file, String version, String sha256, LayerTypes types) throws ModelFormatException {
        StringWriter text = new StringWriter();
        Blueprint blueprint = file.model().blueprint();
        RecordJson records = new RecordJson(types);
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeStringProperty("version", version);
            json.writeArrayPropertyStart("input");
            for (long dim : blueprint.inputShape().dims()) {
                json.writeNumber(dim);
            }
            json.writeEndArray();
            json.writeStringProperty("type", file.model().dataType().name());
            json.writeNumberProperty("seed", file.model().seed());
            json.writeArrayPropertyStart("layers");
            List<Layer> layers = blueprint.layers();
            for (int i = 0; i < layers.size(); i++) {
                json.writeStartObject();
                blueprint.name(i).ifPresent(name -> json.writeStringProperty("name", name));
                json.writeName("layer");
                try {
                    records.writeTyped(json, layers.get(i));
                } catch (ModelFormatException e) {
                    throw e.in("layer " + (i + 1) + " of " + layers.size() + ", " + blueprint.label(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("labels");
            file.labels().forEach(json::writeString);
            json.writeEndArray();
            file.training().ifPresent(training -> write(json, training));
            json.writeStringProperty("sha256", sha256);
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
        Optional<JsonValue> format = Optional.ofNullable(whole.members().get("format"));
        if (format.isEmpty() || format.get().integer(0, Long.MAX_VALUE) != FORMAT) {
            throw JsonValue.fault(
                    whole.place(),
                    format.map(number -> "format " + number.value()).orElse("no format"),
                    "format " + FORMAT);
        }
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
                sha256.isPresent() ? Optional.of(sha256.get().string()) : Optional.empty());
    }

    private static Shape shape(JsonValue json) throws ModelFormatException {
        List<JsonValue> elements = json.elements();
        long[] dims = new long[elements.size()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = elements.get(i).integer(1, Long.MAX_VALUE);
        }
        try {
            return Shape.of(dims);
        } catch (ShapeException tooLarge) {
            throw json.unexpected("a shape of fewer than 2^63 elements");
        }
    }

    private static DataType type(JsonValue json) throws ModelFormatException {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            if (type.name().equals(json.string())) {
                return type;
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
            throw json.unexpected("one layer at least");
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
