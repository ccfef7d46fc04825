package io.jacobi.nn.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a command's results go: for people to the standard output, for programs to a file of JSON. */
final class OutputOptions {

    private static final Path STANDARD = Path.of("-");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write the results to this file as JSON. With - they go to the standard output, and nothing else"
                            + " does.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--quiet", description = "Print nothing but warnings and errors.")
    private boolean quiet;

    /** What is written for people. */
    PrintWriter text(CommandSpec spec) {
        boolean silent = quiet || json.filter(STANDARD::equals).isPresent();
        return silent
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getOut();
    }

    /**
     * Returns the place of the JSON, to write later.
     *
     * @throws IOException if it cannot be written: it is better to fail before an hour of training than after it
     */
    Optional<JsonFile> json(CommandSpec spec) throws IOException {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                json.get().equals(STANDARD) ? JsonFile.on(spec.commandLine().getOut()) : JsonFile.at(json.get()));
    }
}
