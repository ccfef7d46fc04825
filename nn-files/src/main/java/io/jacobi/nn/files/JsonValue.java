package io.jacobi.nn.files;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A value in the JSON of a file: an object, an array, a string, a number, or true or false. Each accessor returns the
 * value as one of these; if it is another, the accessor throws a {@link ModelFormatException} that names the place of
 * the value.
 *
 * <p>A layer and an initializer are objects with a {@link #type} and {@link #arguments}, whose types need not exist in
 * this program:
 *
 * <pre>{@code
 * // {"type": "Affine", "arguments": {"units": 10, "bias": true, ...}}
 * if (layer.type().equals("Affine")) {
 *     long units = layer.argument("units").integer(1, Integer.MAX_VALUE);
 * }
 * }</pre>
 */
public final class JsonValue {

    /** The members of an object for a record of a named type. */
    static final String TYPE = "type";

    static final String ARGUMENTS = "arguments";

    /** JSON has no digits for these numbers, so a file holds their names. */
    private static final Map<String, Double> WITHOUT_DIGITS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private final JsonPlace place;

    /** A String, Long, Double, Boolean, a List of JsonValues, or a Map from Strings to JsonValues. */
    private final Object value;

    private JsonValue(JsonPlace place, Object value) {
        this.place = place;
        this.value = value;
    }

    /**
     * Reads a text.
     *
     * @param name the name of the whole text in messages
     * @throws ModelFormatException if the text is not JSON, has a duplicate key, or exceeds a limit of {@link Json}
     */
    static JsonValue parse(String name, String text) throws ModelFormatException {
        return Json.read(new StringReader(text), json -> {
            json.nextToken();
            return read(JsonPlace.root(name), json);
        });
    }

    private static JsonValue read(JsonPlace place, JsonParser json) throws ModelFormatException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw place.fault("is empty", "a value");
        }
        return switch (token) {
            case START_OBJECT -> new JsonValue(place, readObject(place, json));
            case START_ARRAY -> new JsonValue(place, readArray(place, json));
            case VALUE_STRING -> new JsonValue(place, json.getString());
            case VALUE_NUMBER_INT -> new JsonValue(place, json.getLongValue());
            case VALUE_NUMBER_FLOAT -> new JsonValue(place, json.getDoubleValue());
            case VALUE_TRUE -> new JsonValue(place, true);
            case VALUE_FALSE -> new JsonValue(place, false);
            default -> throw place.fault("is " + token.asString(), "a value");
        };
    }

    private static Map<String, JsonValue> readObject(JsonPlace place, JsonParser json) throws ModelFormatException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, read(place.member(name), json));
        }
        return members;
    }

    private static List<JsonValue> readArray(JsonPlace place, JsonParser json) throws ModelFormatException {
        List<JsonValue> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(place.element(elements.size()), json));
        }
        return elements;
    }

    /** A value to be written; messages call it {@code name}. */
    static JsonValue of(String name, Object value) {
        return new JsonValue(JsonPlace.root(name), value);
    }

    /** Writes the value and everything in it. */
    void write(JsonGenerator json) {
        if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            members.forEach((name, member) -> {
                json.writeName((String) name);
                ((JsonValue) member).write(json);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            elements.forEach(element -> ((JsonValue) element).write(json));
            json.writeEndArray();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Long integer) {
            json.writeNumber(integer);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else {
            json.writeString((String) value);
        }
    }

    JsonPlace place() {
        return place;
    }

    Object value() {
        return value;
    }

    /** The name of the type of a layer or of an initializer. */
    public String type() throws ModelFormatException {
        return JsonObject.typed(this).get(TYPE).string();
    }

    /** The arguments of a layer or of an initializer, by name. */
    public Map<String, JsonValue> arguments() throws ModelFormatException {
        return JsonObject.typed(this).get(ARGUMENTS).members();
    }

    /** One argument of a layer or of an initializer, which must have it. */
    public JsonValue argument(String name) throws ModelFormatException {
        return JsonObject.typed(this).get(ARGUMENTS).member(name);
    }

    /** One member of an object, which must have it. */
    public JsonValue member(String name) throws ModelFormatException {
        return new JsonObject(place, members()).get(name);
    }

    /** The members of an object, by name. */
    public Map<String, JsonValue> members() throws ModelFormatException {
        if (value instanceof Map<?, ?> members) {
            Map<String, JsonValue> named = new LinkedHashMap<>();
            members.forEach((name, member) -> named.put((String) name, (JsonValue) member));
            return named;
        }
        throw unexpected("an object");
    }

    /** The elements of an array. */
    public List<JsonValue> elements() throws ModelFormatException {
        if (value instanceof List<?> elements) {
            return elements.stream().map(JsonValue.class::cast).toList();
        }
        throw unexpected("an array");
    }

    /** A string. */
    public String string() throws ModelFormatException {
        if (value instanceof String string) {
            return string;
        }
        throw unexpected("a string");
    }

    /** True or false. */
    public boolean bool() throws ModelFormatException {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw unexpected("true or false");
    }

    /** A whole number from {@code min} to {@code max}. */
    public long integer(long min, long max) throws ModelFormatException {
        if (value instanceof Long integer && integer >= min && integer <= max) {
            return integer;
        }
        throw unexpected("a whole number from " + min + " to " + max);
    }

    /** A number, which may be NaN or infinite. */
    public double number() throws ModelFormatException {
        if (value instanceof Long integer && (long) (double) integer == integer) {
            return integer;
        } else if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        } else if (value instanceof String name && WITHOUT_DIGITS.containsKey(name)) {
            return WITHOUT_DIGITS.get(name);
        }
        throw unexpected("a number");
    }

    ModelFormatException unexpected(String expected) {
        String found = value instanceof Map
                ? "an object"
                : value instanceof List
                        ? "an array"
                        : value instanceof String text ? '"' + FileText.show(text) + '"' : value.toString();
        return place.fault("is " + found, expected);
    }

    /** Two values are equal if they are the same JSON, at any place in any text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /**
     * The value as people read it: {@code Affine(units=128, bias=true)}. Strings of the file are shown on one line, and
     * cut after 80 characters.
     */
    @Override
    public String toString() {
        return toString(Integer.MAX_VALUE);
    }

    /** The value as people read it, which ends with points after about {@code most} characters. */
    String toString(int most) {
        return RecordText.of(this, most);
    }
}
