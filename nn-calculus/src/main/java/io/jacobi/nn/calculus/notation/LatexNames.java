package io.jacobi.nn.calculus.notation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of variables in LaTeX: Greek letters, written in letters or in words, are commands. */
final class LatexNames {

    /** In the order of the alphabet, final sigma included, so that α + n is the n-th letter. */
    private static final List<String> WORDS = List.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
            "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega");

    /** The upper-case letters that do not look like Latin ones; LaTeX has no commands for the others. */
    private static final List<String> UPPER =
            List.of("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    private static final Map<String, String> COMMANDS = commands();

    private LatexNames() {}

    private static Map<String, String> commands() {
        Map<String, String> commands = new HashMap<>();
        for (int at = 0; at < WORDS.size(); at++) {
            String word = WORDS.get(at);
            String lower = word.equals("omicron") ? "o" : "\\" + word;
            commands.put(word, lower);
            commands.put(String.valueOf((char) ('α' + at)), lower);
            String name = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
            String latin = word.equals("eta")
                    ? "H"
                    : word.equals("rho") ? "P" : word.equals("chi") ? "X" : name.substring(0, 1);
            String upper = UPPER.contains(name) ? "\\" + name : "\\mathrm{" + latin + "}";
            commands.put(String.valueOf((char) ('Α' + at)), upper);
            if (UPPER.contains(name)) {
                commands.put(name, upper);
            }
        }
        return Map.copyOf(commands);
    }

    static String of(String variable) {
        String known = COMMANDS.get(variable);
        if (known != null) {
            return known;
        }
        return variable.codePointCount(0, variable.length()) == 1 ? variable : "\\mathrm{" + variable + "}";
    }
}
