package io.jacobi.nn.files;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Stored records as people read them, of known and of unknown types: {@code Affine(units=128, bias=true)}. Strings in
 * them are {@linkplain FileText#show(String) shown} on one line. All levels are written into one text, because a text
 * for each level would be as long as everything inside it.
 */
final class RecordText {

    private final StringBuilder text = new StringBuilder();
    private final int most;

    private RecordText(int most) {
        this.most = most;
    }

    /** Returns a text that ends with points after about {@code most} characters. */
    static String of(JsonValue json, int most) {
        RecordText whole = new RecordText(most);
        whole.append(json.value());
        return whole.isFull() ? whole.text + "..." : whole.text.toString();
    }

    private boolean isFull() {
        return text.length() > most;
    }

    private void append(Object value) {
        if (value instanceof List<?> list) {
            appendAll(list, "[", "]");
        } else if (value instanceof Map<?, ?> members) {
            appendRecord(members);
        } else {
            text.append(FileText.show(value.toString()));
        }
    }

    private void appendRecord(Map<?, ?> members) {
        if (members.get(JsonValue.TYPE) instanceof JsonValue type) {
            append(type.value());
        }
        if (members.get(JsonValue.ARGUMENTS) instanceof JsonValue arguments) {
            append(arguments.value());
        } else {
            appendAll(members.entrySet(), "(", ")");
        }
    }

    private void appendAll(Iterable<?> elements, String opening, String closing) {
        text.append(opening);
        Iterator<?> next = elements.iterator();
        for (String comma = ""; next.hasNext() && !isFull(); comma = ", ") {
            text.append(comma);
            Object element = next.next();
            if (element instanceof Map.Entry<?, ?> member) {
                text.append(FileText.show(member.getKey().toString())).append('=');
                element = member.getValue();
            }
            append(((JsonValue) element).value());
        }
        text.append(isFull() ? "" : closing);
    }
}
