package io.jacobi.nn.examples;

import io.jacobi.nn.files.FileText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The {@link TrainingOptions} of a run as lines of a checkpoint, so that {@code --resume} works without repeating them. */
final class StoredOptions {

    private static final String BETWEEN = "=";

    /** The longest text of a checkpoint that a message shows whole. */
    private static final int LONGEST = 300;

    private StoredOptions() {}

    /**
     * Returns the values of each option, given or default, each as {@code --name=value}.
     *
     * @param chosen values that the run has chosen itself, by the name of their option, because another machine or other
     *     data might choose others
     */
    static List<String> write(TrainingOptions options, Map<String, String> chosen) {
        List<String> lines = new ArrayList<>();
        for (OptionSpec option : CommandSpec.forAnnotatedObject(options).options()) {
            String name = option.longestName();
            if (chosen.containsKey(name)) {
                lines.add(name + BETWEEN + chosen.get(name));
            } else if (option.getValue() instanceof List<?> values) {
                values.forEach(value -> lines.add(name + BETWEEN + text(value)));
            } else if (!text(option.getValue()).isEmpty()) {
                lines.add(name + BETWEEN + text(option.getValue()));
            }
        }
        return lines;
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(StoredOptions::text).orElse("");
        } else if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof Path path) {
            // the run may be resumed from another directory
            return path.toAbsolutePath().normalize().toString();
        }
        return Objects.toString(value);
    }

    /**
     * Reads the options of a stored run into {@code options}, which are new, and returns them, with {@code --epochs} from the command line if it is given there.
     *
     * @param given the command line
     * @throws IllegalArgumentException if the command line changes any other option of the run
     */
    static TrainingOptions read(
            TrainingOptions options, Path checkpoint, List<String> lines, CommandLine.ParseResult given) {
        CommandLine parser = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            parser.parseArgs(lines.toArray(String[]::new));
        } catch (CommandLine.ParameterException unknown) {
            throw new IllegalArgumentException(
                    checkpoint + " was not stored by this version of jacobi "
                            + given.commandSpec().name() + ": "
                            + FileText.show(String.valueOf(unknown.getMessage()), LONGEST)
                            + "\n  expected the options of a run"
                            + "\n  fix: resume with the command and the version that stored it",
                    unknown);
        }
        for (OptionSpec stored : parser.getCommandSpec().options()) {
            String name = stored.longestName();
            OptionSpec now = given.matchedOption(name);
            if (now == null || text(now.getValue()).equals(text(stored.getValue()))) {
                continue;
            } else if (!name.equals(RunOptions.EPOCHS)) {
                throw new IllegalArgumentException(name + " " + text(now.getValue()) + " would change the run in "
                        + checkpoint + "\n  expected " + name + " " + FileText.show(text(stored.getValue()), LONGEST)
                        + "\n  fix: leave the option out");
            }
            stored.setValue(now.getValue());
        }
        return options;
    }
}
