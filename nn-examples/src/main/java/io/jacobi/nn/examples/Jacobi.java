package io.jacobi.nn.examples;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code jacobi}: the root command. Exit codes: 0 success, 1 failure, 2 wrong usage. */
@Command(
        name = "jacobi",
        description = "Small neural networks on the JVM, with every layer derived and checked.",
        subcommands = {
            TrainCommand.class,
            MnistCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            InspectCommand.class,
            ExportCommand.class,
            GradcheckCommand.class,
            DeriveCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Jacobi.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
public final class Jacobi {

    @Option(
            names = "--stacktrace",
            description = "Print a stack trace if the command fails.",
            scope = ScopeType.INHERIT)
    private boolean stacktrace;

    public static void main(String[] args) {
        StandardOutput out = StandardOutput.ofProcess();
        CommandLine commandLine = commandLine().setOut(new PrintWriter(out));
        System.exit(out.exitCode(commandLine.execute(args), commandLine.getErr()));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        Jacobi jacobi = new Jacobi();
        CommandLine commandLine = new CommandLine(jacobi).setCaseInsensitiveEnumValuesAllowed(true);
        CommandLine help = Objects.requireNonNull(commandLine.getSubcommands().get("help"));
        help.getCommandSpec().usageMessage().description("Print the help of jacobi, or of the command that is named.");
        // a formula may start with a minus sign, as in -x'*x
        Objects.requireNonNull(commandLine.getSubcommands().get("derive"))
                .setUnmatchedOptionsArePositionalParams(true)
                .setPosixClusteredShortOptionsAllowed(false);
        commandLine.setParameterExceptionHandler(new UnknownCommand(commandLine.getParameterExceptionHandler()));
        commandLine.setExecutionExceptionHandler(
                (error, command, parsed) -> Failure.report(error, command.getErr(), jacobi.stacktrace));
        // without a command there is nothing to do: print the usage, and fail so that a script notices
        commandLine.setExecutionStrategy(parsed -> {
            if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                throw new CommandLine.ParameterException(commandLine, "Missing command");
            }
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (OutOfMemoryError | StackOverflowError | LinkageError error) {
                // picocli hands exceptions to the handler above, and lets errors pass
                return Failure.report(error, commandLine.getErr(), jacobi.stacktrace);
            }
        });
        return commandLine;
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"jacobi " + text()};
        }

        static String text() {
            return Optional.ofNullable(Jacobi.class.getPackage().getImplementationVersion())
                    .orElse("(not from a jar)");
        }
    }
}
