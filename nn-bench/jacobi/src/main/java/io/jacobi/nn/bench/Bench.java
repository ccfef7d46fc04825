package io.jacobi.nn.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar bench.jar}: the root command. */
@Command(
        name = "bench",
        description = "Measure Jacobi: against other frameworks, kernel by kernel, and on a large table.",
        subcommands = {RaceCommand.class, KernelsCommand.class, TableCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Bench {

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }
}
