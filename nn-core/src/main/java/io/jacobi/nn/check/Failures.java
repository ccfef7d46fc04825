package io.jacobi.nn.check;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What several looks at one claim saw: one sentence, empty if none saw anything. */
final class Failures {

    private Failures() {}

    /** Those that are not empty, separated by semicolons. */
    static String join(String... failures) {
        return Arrays.stream(failures).filter(failure -> !failure.isEmpty()).collect(Collectors.joining("; "));
    }
}
