package io.jacobi.nn.files;

import java.util.Optional;

/**
 * The position of a value in a JSON text, for messages: a member of an object, or with an {@code index} of 0 or more an
 * element of an array. It becomes text only in a message, because the paths of a million values would be longer than
 * the values.
 */
record JsonPlace(Optional<JsonPlace> parent, String name, int index) {

    private static final int NOT_AN_ELEMENT = -1;

    /** The place of a whole text, which messages call {@code name}. */
    static JsonPlace root(String name) {
        return new JsonPlace(Optional.empty(), name, NOT_AN_ELEMENT);
    }

    JsonPlace member(String member) {
        return new JsonPlace(Optional.of(this), member, NOT_AN_ELEMENT);
    }

    JsonPlace element(int number) {
        return new JsonPlace(Optional.of(this), "", number);
    }

    /** Returns an exception for this place; {@code problem} begins with a verb. */
    ModelFormatException fault(String problem, String expected) {
        return new ModelFormatException(
                this + " " + problem, expected, "write the file with a version of Jacobi that this version can read");
    }

    @Override
    public String toString() {
        boolean element = index != NOT_AN_ELEMENT;
        String step = element ? "[" + index + "]" : FileText.show(name);
        return parent.map(p -> p + (element ? "" : ".") + step).orElse(step);
    }
}
