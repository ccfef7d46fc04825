package io.jacobi.nn.files;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Stored records as people read them, of known and of unknown types: {@code Affine(units=128, bias=true)}. */
final class RecordText {

    private RecordText() {}

    static String of(JsonValue json) {
        Object value = json.value();
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> members) {
            return type(members) + arguments(members);
        }
        return value.toString();
    }

    private static String type(Map<?, ?> members) {
        return members.containsKey(JsonValue.TYPE) ? String.valueOf(members.get(JsonValue.TYPE)) : "";
    }

    private static String arguments(Map<?, ?> members) {
        if (members.containsKey(JsonValue.ARGUMENTS)) {
            return String.valueOf(members.get(JsonValue.ARGUMENTS));
        }
        return members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
