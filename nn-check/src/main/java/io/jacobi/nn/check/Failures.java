package io.jacobi.nn.check;

import java.util.List;
import java.util.stream.Collectors;

/** What several looks at one claim saw: one sentence, empty if none saw anything. */
final class Failures {

    private Failures() {}

    /** Those that are not empty, separated by semicolons. */
    static String join(String... failures) {
        return join(List.of(failures));
    }

    /** The same. */
    static String join(List<String> failures) {
        return failures.stream().filter(failure -> !failure.isEmpty()).collect(Collectors.joining("; "));
    }
}
