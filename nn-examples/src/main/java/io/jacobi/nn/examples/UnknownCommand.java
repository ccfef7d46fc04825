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

    private static final String PREDICT = "a program predicts with Predictor (docs/embedding.md); "
            + "\"jacobi export\" converts a stored model for ONNX Runtime";

    /** What people look for under another name. */
    private static final Map<String, String> INSTEAD = Map.of(
            "predict", PREDICT,
            "infer", PREDICT,
            "serve", PREDICT,
            "train", "\"jacobi mnist\" trains a network",
            "fit", "\"jacobi mnist\" trains a network",
            "check", "\"jacobi gradcheck\" checks gradients",
            "show", "\"jacobi inspect\" shows a stored model",
            "convert", "\"jacobi export\" converts a stored model to ONNX");

    /** Two letters are wrong, missing or exchanged: more is another word. */
    private static final int MOST_TYPOS = 2;

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
                .or(() -> nearest(word, commands).map(near -> "Did you mean: jacobi " + near + "?"))
                .orElse("\"jacobi help\" describes each command");
        return "jacobi: there is no command \"" + word + "\"\n  expected one of "
                + String.join(", ", new TreeSet<>(commands)) + "\n  fix: " + fix + "\nUsage: jacobi COMMAND";
    }

    private static Optional<String> nearest(String word, Collection<String> commands) {
        return commands.stream()
                .filter(command -> typos(word, command) <= Math.min(MOST_TYPOS, command.length() / 2))
                .min((a, b) -> Integer.compare(typos(word, a), typos(word, b)));
    }

    /** The number of letters to insert, delete or replace (Levenshtein 1966). */
    static int typos(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
