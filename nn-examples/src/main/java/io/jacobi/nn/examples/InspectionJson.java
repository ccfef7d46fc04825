package io.jacobi.nn.examples;

import io.jacobi.nn.files.Description;
import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.files.TensorInfo;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The contents of a model file as JSON. */
final class InspectionJson {

    private InspectionJson() {}

    /** Writes the properties of an object. */
    static void write(Inspection inspection, JsonGenerator json) {
        json.writeStringProperty("integrity", inspection.integrity().name().toLowerCase(Locale.ROOT));
        inspection.description().ifPresent(description -> write(description, json));
        json.writeArrayPropertyStart("tensors");
        for (TensorInfo tensor : inspection.tensors()) {
            json.writeStartObject();
            json.writeStringProperty("name", tensor.name());
            json.writeStringProperty("type", tensor.type().toString());
            json.writeArrayPropertyStart("shape");
            tensor.shape().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeNumberProperty("bytes", tensor.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("nonFinite");
        inspection.nonFinite().forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void write(Description description, JsonGenerator json) {
        json.writeStringProperty("version", description.version());
        json.writeNumberProperty("seed", description.seed());
        json.writeArrayPropertyStart("input");
        description.input().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("layers");
        description.layers().forEach(layer -> json.writeString(layer.layer().toString()));
        json.writeEndArray();
        json.writeArrayPropertyStart("labels");
        description.labels().forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty("table", description.table().isPresent());
        description.training().ifPresent(training -> {
            json.writeObjectPropertyStart("training");
            json.writeStringProperty("data", training.dataSet());
            json.writeNumberProperty("epochs", training.epochs());
            json.writeNumberProperty("seed", training.seed());
            training.metrics().forEach(json::writeNumberProperty);
            json.writeEndObject();
        });
    }
}
