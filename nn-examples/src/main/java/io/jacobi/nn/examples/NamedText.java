package io.jacobi.nn.examples;

import java.util.List;
import java.util.Optional;

/** The name of a column and a text for it, as {@code NAME=TEXT}; a name alone has no text. */
record NamedText(String name, Optional<String> text) {

    static NamedText of(String option, String value, Names names) {
        int equals = names.columns().contains(value) ? -1 : value.lastIndexOf('=');
        String name = equals < 0 ? value : value.substring(0, equals);
        Optional<String> text = equals < 0 ? Optional.empty() : Optional.of(value.substring(equals + 1));
        return new NamedText(names.of(option, List.of(name)).get(0), text);
    }
}
