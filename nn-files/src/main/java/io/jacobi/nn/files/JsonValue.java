package io.jacobi.nn.files;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A part of a JSON text, and where it stands, to be told when it is not what was expected there.
 *
 * @param place made into text only when it is told: a path for each of a million values would be longer than all of them
 * @param value a String, Long, Double, Boolean, a List of JsonValues, or a Map from names to them
 */
public record JsonValue(Place place, Object value) {

    private static final int SHOWN = 80;
    private static final Map<String, Double> WITHOUT_DIGITS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    /** A member of an object, or with an {@code index} of 0 and more an element of an array. */
    public record Place(Optional<Place> parent, String name, int index) {

        Place member(String member) {
            return new Place(Optional.of(this), member, -1);
        }

        Place element(int number) {
            return new Place(Optional.of(this), "", number);
        }

        @Override
        public String toString() {
            String step = index < 0 ? name : "[" + index + "]";
            return parent.map(p -> p + (index < 0 ? "." : "") + step).orElse(step);
        }
    }

    /**
     * Reads a text.
     *
     * @param name what the whole is called in messages
     * @throws ModelFormatException if it is not JSON, has a key twice, or passes a limit
     */
    public static JsonValue parse(String name, String text) throws ModelFormatException {
        return Json.read(new StringReader(text), json -> {
            json.nextToken();
            return read(new Place(Optional.empty(), name, -1), json);
        });
    }

    private static JsonValue read(Place place, JsonParser json) throws ModelFormatException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw fault(place, "nothing", "a value");
        }
        return switch (token) {
            case START_OBJECT -> new JsonValue(place, readObject(place, json));
            case START_ARRAY -> new JsonValue(place, readArray(place, json));
            case VALUE_STRING -> new JsonValue(place, json.getString());
            case VALUE_NUMBER_INT -> new JsonValue(place, json.getLongValue());
            case VALUE_NUMBER_FLOAT -> new JsonValue(place, json.getDoubleValue());
            case VALUE_TRUE -> new JsonValue(place, true);
            case VALUE_FALSE -> new JsonValue(place, false);
            default -> throw fault(place, token.asString(), "a value");
        };
    }

    private static Map<String, JsonValue> readObject(Place place, JsonParser json) throws ModelFormatException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, read(place.member(name), json));
        }
        return members;
    }

    private static List<JsonValue> readArray(Place place, JsonParser json) throws ModelFormatException {
        List<JsonValue> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(place.element(elements.size()), json));
        }
        return elements;
    }

    /** A value that was made here and not read; {@code what} names it in messages. */
    static JsonValue of(String what, Object value) {
        return new JsonValue(new Place(Optional.empty(), what, -1), value);
    }

    /** Writes the value, and everything in it. A number that JSON has no digits for, such as NaN, is written as a string. */
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

    /** The members of an object, by name. */
    Map<String, JsonValue> members() throws ModelFormatException {
        if (value instanceof Map<?, ?> members) {
            Map<String, JsonValue> named = new LinkedHashMap<>();
            members.forEach((name, member) -> named.put((String) name, (JsonValue) member));
            return named;
        }
        throw unexpected("an object");
    }

    /** The elements of an array. */
    List<JsonValue> elements() throws ModelFormatException {
        if (value instanceof List<?> elements) {
            return elements.stream().map(JsonValue.class::cast).toList();
        }
        throw unexpected("an array");
    }

    String string() throws ModelFormatException {
        if (value instanceof String string) {
            return string;
        }
        throw unexpected("a string");
    }

    boolean bool() throws ModelFormatException {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw unexpected("true or false");
    }

    /** A whole number in these bounds, both included. */
    long integer(long min, long max) throws ModelFormatException {
        if (value instanceof Long integer && integer >= min && integer <= max) {
            return integer;
        }
        throw unexpected("a whole number from " + min + " to " + max);
    }

    /** A number; those that JSON has no digits for stand there as "NaN", "Infinity" and "-Infinity". */
    double number() throws ModelFormatException {
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
        String found =
                value instanceof Map ? "an object" : value instanceof List ? "an array" : shorten(value.toString());
        return fault(place, found, expected);
    }

    /** What a stranger wrote, short enough for a message. */
    public static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }

    static ModelFormatException fault(Place place, String found, String expected) {
        return new ModelFormatException(
                place + " has " + found, expected, "write the file with a version of Jacobi that this one can read");
    }
}
