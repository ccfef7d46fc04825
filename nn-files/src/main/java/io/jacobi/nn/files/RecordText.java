package io.jacobi.nn.files;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A stored layer as people read it, whether its type is known here or not: {@code Affine(units=128, bias=true)}. */
final class RecordText {

    private RecordText() {}

    static String of(JsonValue json) {
        Object value = json.value();
        if (value instanceof List<?> list) {
            return list.stream().map(e -> of((JsonValue) e)).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> members) {
            return type(members) + arguments(members);
        }
        return value.toString();
    }

    private static String type(Map<?, ?> members) {
        return members.get(RecordJson.TYPE) instanceof JsonValue type ? of(type) : "";
    }

    private static String arguments(Map<?, ?> members) {
        if (members.get(RecordJson.ARGUMENTS) instanceof JsonValue arguments) {
            return of(arguments);
        }
        return members.entrySet().stream()
                .map(member -> member.getKey() + "=" + of((JsonValue) member.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
