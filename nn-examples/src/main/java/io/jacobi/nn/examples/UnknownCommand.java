package io.jacobi.nn.examples;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what to use in place of a command that does not exist. Other wrong usage is left to picocli. */
final class UnknownCommand implements IParameterExceptionHandler {

    /** What people look for under another name. */
    private static final Map<String, String> INSTEAD = Map.of(
            "infer", "\"jacobi predict\" answers for the rows of a table",
            "serve",
                    "\"jacobi predict\" answers for the rows of a table; a program predicts with Predictor"
                            + " (docs/embedding.md)",
            "fit", "\"jacobi train\" trains a network",
            "test", "\"jacobi evaluate\" compares a model's answers with the right ones",
            "score", "\"jacobi evaluate\" compares a model's answers with the right ones",
            "check", "\"jacobi gradcheck\" checks gradients, and \"jacobi doctor\" this machine",
            "info", "\"jacobi doctor\" describes this machine, and \"jacobi inspect\" a stored model",
            "show", "\"jacobi inspect\" shows a stored model",
            "convert", "\"jacobi export\" converts a stored model to ONNX");

    private final IParameterExceptionHandler others;

    UnknownCommand(IParameterExceptionHandler others) {
        this.others = others;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) throws Exception {
        CommandLine root = wrong.getCommandLine();
        if (root.getParent() != null || !(wrong instanceof UnmatchedArgumentException unmatched)) {
            return others.handleParseException(wrong, args);
        }
        List<String> words = unmatched.getUnmatched();
        if (words.isEmpty() || words.get(0).startsWith("-") || words.get(0).isEmpty()) {
            return others.handleParseException(wrong, args);
        }
        root.getErr().println(message(words.get(0), root.getSubcommands().keySet()));
        root.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    static String message(String word, Collection<String> commands) {
        String fix = Optional.ofNullable(INSTEAD.get(word))
                .or(() -> Nearest.to(word, commands).map(near -> "Did you mean: jacobi " + near + "?"))
                .orElse("\"jacobi help\" describes each command");
        return "jacobi: there is no command \"" + word + "\"\n  expected one of "
                + String.join(", ", new TreeSet<>(commands)) + "\n  fix: " + fix + "\nUsage: jacobi COMMAND";
    }
}
