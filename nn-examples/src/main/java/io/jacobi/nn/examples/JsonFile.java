package io.jacobi.nn.examples;

import io.jacobi.nn.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object in a file that is written whole or not at all: see {@link AtomicFile}. */
final class JsonFile {

    // AtomicFile closes the stream itself, after it has synced it
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final AtomicFile file;

    private JsonFile(AtomicFile file) {
        this.file = file;
    }

    /**
     * Returns a file to write later.
     *
     * @throws IOException if the file cannot be written: it is better to fail before an hour of training than after it
     */
    static JsonFile at(Path file) throws IOException {
        return new JsonFile(AtomicFile.at(file));
    }

    /** Writes an object with these properties. */
    void write(Consumer<JsonGenerator> properties) throws IOException {
        file.write(out -> {
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                properties.accept(json);
                json.writeEndObject();
            }
        });
    }
}
