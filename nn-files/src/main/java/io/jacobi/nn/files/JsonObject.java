package io.jacobi.nn.files;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object of a JSON text that has all the members that it must have, and none that nobody knows. */
record JsonObject(JsonValue.Place place, Map<String, JsonValue> members) {

    static JsonObject of(JsonValue json, Set<String> required, Set<String> optional) throws ModelFormatException {
        JsonObject object = new JsonObject(json.place(), json.members());
        for (String name : required) {
            object.get(name);
        }
        for (String name : object.members.keySet()) {
            if (!required.contains(name) && !optional.contains(name)) {
                throw JsonValue.fault(
                        json.place(),
                        "\"" + JsonValue.shorten(name) + "\"",
                        "nothing beside " + required + (optional.isEmpty() ? "" : " and " + optional));
            }
        }
        return object;
    }

    /** A member that must be there. */
    JsonValue get(String name) throws ModelFormatException {
        JsonValue member = members.get(name);
        if (member == null) {
            throw JsonValue.fault(place, "no \"" + name + "\"", "one");
        }
        return member;
    }

    /** A member that may be there. */
    Optional<JsonValue> find(String name) {
        return Optional.ofNullable(members.get(name));
    }
}
