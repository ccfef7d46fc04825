package io.jacobi.nn.files;

import java.io.Reader;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** JSON from untrusted files: no duplicate keys, and a limit on every length. */
final class Json {

    /** The longest string, which is the description of a model. */
    static final int MAX_STRING = 1 << 19;

    /** The deepest nesting. A layer inside a layer takes three levels. */
    static final int MAX_DEPTH = 128;

    private static final int MAX_NAME = 1000;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_MESSAGE = 300;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // the table of names is shared by all parsers, so it would keep names of untrusted files
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private Json() {}

    /** Reads from a parser that is positioned before the first token. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser json) throws ModelFormatException;
    }

    /** Returns the result of {@code reading}, which must consume the whole text. */
    static <T> T read(Reader text, Reading<T> reading) throws ModelFormatException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            T result = reading.read(json);
            if (json.nextToken() != null) {
                throw new ModelFormatException(
                        "there is data after the JSON value", "the end of the text", ModelFormatException.WRITE_AGAIN);
            }
            return result;
        } catch (JacksonException e) {
            throw new ModelFormatException(
                    "the JSON cannot be read: " + FileText.show(e.getOriginalMessage(), MAX_MESSAGE) + column(e),
                    "JSON without duplicate keys, at most " + MAX_DEPTH + " levels deep",
                    ModelFormatException.WRITE_AGAIN,
                    e);
        }
    }

    /** An exception about a limit has no location. */
    private static String column(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> " (column " + at.getColumnNr() + ")")
                .orElse("");
    }
}
