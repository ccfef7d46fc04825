package io.jacobi.nn.bench;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes every value of a run of the race command as JSON. */
final class ResultsFile {

    private ResultsFile() {}

    static void write(Path file, List<Result> results) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), file.toFile(), JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberProperty("processors", Runtime.getRuntime().availableProcessors());
            json.writeStringProperty("java", System.getProperty("java.version"));
            json.writeArrayPropertyStart("results");
            for (Result result : results) {
                json.writeStartObject();
                json.writeStringProperty("table", result.table());
                // the key used by the stored files in docs/benchmarks
                json.writeStringProperty("entrant", result.name());
                json.writeStringProperty("unit", result.unit());
                json.writeNumberProperty("median", result.median());
                json.writeStringProperty("remark", result.remark());
                json.writeArrayPropertyStart("values");
                result.values().forEach(json::writeNumber);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
