package io.jacobi.nn.examples;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Refuses options that would change nothing for the data at hand, because a user who gives one expects a change. */
final class UnusedOptions {

    private static final List<String> OF_IMAGES = List.of(
            RunOptions.MODEL,
            OptimizerOptions.OPTIMIZER,
            OptimizerOptions.SCHEDULE,
            OptimizerOptions.MOMENTUM,
            "--image-size",
            "--profile");

    private static final List<String> OF_TABLES = List.of(
            "--target",
            "--memory",
            "--ignore",
            "--numeric",
            "--decimal-comma",
            "--log",
            "--categorical",
            "--ordered",
            "--text",
            "--date",
            "--separator",
            "--encoding",
            "--no-header");

    private UnusedOptions() {}

    /**
     * Looks at the options that were given.
     *
     * @throws IllegalArgumentException if one has no effect for these data
     */
    static void refuse(ParseResult given, TrainingData data) {
        boolean table = data instanceof TableTraining;
        for (OptionSpec option : given.matchedOptions()) {
            String name = option.longestName();
            if ((table ? OF_IMAGES : OF_TABLES).contains(name)) {
                throw new IllegalArgumentException(name + " is for " + (table ? "images" : "tables") + ", and "
                        + data.name() + " is " + (table ? "a table" : "images") + "\n  fix: leave it out");
            }
        }
        boolean hasTest =
                data instanceof ImageTraining images && images.data().test().isPresent();
        if (hasTest && given.hasMatchedOption("--validation")) {
            throw new IllegalArgumentException("--validation has no effect, because " + data.name()
                    + " has test images of its own\n  fix: leave it out");
        }
    }
}
