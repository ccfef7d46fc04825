package io.jacobi.nn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object in a file: whole or not there, since it is written beside its place and then moved. */
final class JsonFile {

    private final Path file;

    private JsonFile(Path file) {
        this.file = file;
    }

    /**
     * A file to write later.
     *
     * @throws IOException if it could not be written: better said before an hour of training than after
     */
    static JsonFile at(Path file) throws IOException {
        Path directory = directoryOf(file);
        if (!Files.isDirectory(directory) || !Files.isWritable(directory) || Files.isDirectory(file)) {
            throw new IOException(
                    "cannot write " + file + "\n  expected a file name in a directory that exists and is writable");
        }
        return new JsonFile(file);
    }

    private static Path directoryOf(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return Objects.requireNonNullElse(whole.getParent(), whole);
    }

    /** Writes an object with these properties. */
    void write(Consumer<JsonGenerator> properties) throws IOException {
        Path unfinished = Files.createTempFile(directoryOf(file), ".jacobi", ".json");
        try {
            try (JsonGenerator json = new JsonFactory()
                    .createGenerator(ObjectWriteContext.empty(), unfinished.toFile(), JsonEncoding.UTF8)) {
                json.writeStartObject();
                properties.accept(json);
                json.writeEndObject();
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
