package io.jacobi.nn.check.claim;

import java.util.List;
import java.util.stream.Collectors;

/** What several looks at one claim saw: one sentence, empty if none saw anything. */
public final class Failures {

    private Failures() {}

    /** Those that are not empty, separated by semicolons. */
    public static String join(String... failures) {
        return join(List.of(failures));
    }

    /** The same. */
    public static String join(List<String> failures) {
        return failures.stream().filter(failure -> !failure.isEmpty()).collect(Collectors.joining("; "));
    }
}
