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

/** JSON from strangers: no key twice, and nothing without a bound. */
final class Json {

    /** The longest string, which is the description of a model. */
    static final int MAX_STRING = 1 << 19;

    /** Layers in layers in layers: three levels of JSON for each. */
    static final int MAX_DEPTH = 128;

    private static final int MAX_NAME = 1000;
    private static final int MAX_DIGITS = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // a table of all names ever seen would keep those of strangers
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private Json() {}

    /** Reads from a parser that stands before the first token. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser json) throws ModelFormatException;
    }

    /** What {@code reading} makes of the text, which must end where it stops. */
    static <T> T read(Reader text, Reading<T> reading) throws ModelFormatException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            T result = reading.read(json);
            if (json.nextToken() != null) {
                throw new ModelFormatException(
                        "something follows the JSON object", "nothing", ModelFormatException.WRITE_AGAIN);
            }
            return result;
        } catch (JacksonException e) {
            throw new ModelFormatException(
                    "it is not the JSON that belongs there: " + e.getOriginalMessage() + column(e),
                    "JSON, no key twice, at most " + MAX_DEPTH + " levels deep",
                    ModelFormatException.WRITE_AGAIN,
                    e);
        }
    }

    /** Limits that are passed are told without a place. */
    private static String column(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> " (column " + at.getColumnNr() + ")")
                .orElse("");
    }
}
