package io.jacobi.nn.files;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An object in a JSON text that has every required member and no unknown one. */
record JsonObject(JsonPlace place, Map<String, JsonValue> members) {

    static JsonObject of(JsonValue json, Set<String> required, Set<String> optional) throws ModelFormatException {
        JsonObject object = new JsonObject(json.place(), json.members());
        for (String name : required) {
            object.get(name);
        }
        for (String name : object.members.keySet()) {
            if (!required.contains(name) && !optional.contains(name)) {
                throw object.place.fault(
                        "has an unknown member \"" + FileText.show(name) + "\"",
                        "only " + new TreeSet<>(required)
                                + (optional.isEmpty() ? "" : " and optionally " + new TreeSet<>(optional)));
            }
        }
        return object;
    }

    /** An object for a record of a named type. */
    static JsonObject typed(JsonValue json) throws ModelFormatException {
        return of(json, Set.of(JsonValue.TYPE, JsonValue.ARGUMENTS), Set.of());
    }

    /** A required member. */
    JsonValue get(String name) throws ModelFormatException {
        JsonValue member = members.get(name);
        if (member == null) {
            throw place.fault("has no \"" + name + "\"", "a member of this name");
        }
        return member;
    }

    /** An optional member. */
    Optional<JsonValue> find(String name) {
        return Optional.ofNullable(members.get(name));
    }
}
