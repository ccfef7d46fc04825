package io.jacobi.nn.examples;

import io.jacobi.nn.files.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object in a file that is written whole or not at all (see {@link AtomicFile}), or on the standard output. */
final class JsonFile {

    // the code that opened the target closes it: AtomicFile, after it has synced it
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private interface Target {
        void write(Consumer<JsonGenerator> properties) throws IOException;
    }

    private final Target target;

    private JsonFile(Target target) {
        this.target = target;
    }

    /**
     * Returns a file to write later.
     *
     * @throws IOException if the file cannot be written: it is better to fail before an hour of training than after it
     */
    static JsonFile at(Path path) throws IOException {
        AtomicFile file = AtomicFile.at(path);
        return new JsonFile(properties ->
                file.write(out -> write(FACTORY.createGenerator(ObjectWriteContext.empty(), out), properties)));
    }

    /** Returns an object to print later, on a line of its own. */
    static JsonFile on(PrintWriter out) {
        return new JsonFile(properties -> {
            write(FACTORY.createGenerator(ObjectWriteContext.empty(), out), properties);
            out.println();
            out.flush();
        });
    }

    private static void write(JsonGenerator generator, Consumer<JsonGenerator> properties) {
        try (JsonGenerator json = generator) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
    }

    /** Writes an object with these properties. */
    void write(Consumer<JsonGenerator> properties) throws IOException {
        target.write(properties);
    }
}
