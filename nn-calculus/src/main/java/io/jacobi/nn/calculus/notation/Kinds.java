package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Infers the kinds of the undeclared names of a formula. In index notation, a name has as many axes as indices. In
 * matrix notation, a name in upper case is a matrix, and one in lower case a vector, or a number if the formula makes
 * sense only then.
 */
final class Kinds {

    /** Functions whose argument is in matrix notation, even inside index notation. */
    static final Set<String> OF_MATRICES = Set.of("det", "logdet", "inv", "tr", "length", "rows", "columns");

    private final String formula;
    private final List<Token> tokens;
    private final Variables declared;

    Kinds(String formula, Variables declared) {
        this.formula = formula;
        this.tokens = new Tokens(formula).all();
        this.declared = declared;
    }

    boolean hasIndices() {
        return tokens.stream().anyMatch(token -> token.is("_"));
    }

    /** The names of the variables of the formula. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            if (isVariable(at)) {
                names.add(tokens.get(at).text());
            }
        }
        return names;
    }

    /** The kinds in index notation: a name has as many axes as indices; inside det(...) matrix notation applies. */
    Variables byIndices() {
        Variables known = declared;
        int matrixUntil = 0;
        for (int at = 0; at < tokens.size(); at++) {
            String name = tokens.get(at).text();
            if (OF_MATRICES.contains(name) && is(at + 1, "(")) {
                matrixUntil = closing(at + 1);
            }
            if (isVariable(at) && known.rank(name).isEmpty()) {
                known = known.with(name, at < matrixUntil ? byCase(name) : indices(at));
            }
        }
        return known;
    }

    private int indices(int at) {
        int count = 0;
        if (is(at + 1, "_")) {
            int first = is(at + 2, "{") ? at + 3 : at + 2;
            int last = is(at + 2, "{") ? closing(at + 2) : at + 3;
            for (Token token : tokens.subList(first, Math.min(last, tokens.size()))) {
                count += (int)
                        token.text().codePoints().filter(Character::isLetter).count();
            }
        }
        return count;
    }

    private int closing(int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            depth += is(at, "(") || is(at, "{") ? 1 : is(at, ")") || is(at, "}") ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return tokens.size();
    }

    private boolean is(int at, String symbol) {
        return at < tokens.size() && tokens.get(at).is(symbol);
    }

    /** Whether a token is a name that is neither a function nor a subscript. */
    private boolean isVariable(int at) {
        String name = tokens.get(at).text();
        boolean subscript = at > 0 && (is(at - 1, "_") || inBraces(at));
        boolean function = is(at + 1, "(") && (MatrixFunctions.NAMES.contains(name) || !hasIndices());
        boolean sumOver = hasIndices() && is(at + 1, "_") && (OF_MATRICES.contains(name) || name.equals("sum"));
        boolean reserved = Set.of("I", "ones", "delta", "δ").contains(name)
                && declared.rank(name).isEmpty();
        return tokens.get(at).kind() == Kind.NAME && !subscript && !function && !sumOver && !reserved;
    }

    private boolean inBraces(int at) {
        int open = at - 1;
        while (open > 0 && tokens.get(open).kind() == Kind.NAME) {
            open--;
        }
        return open > 0 && is(open, "{");
    }

    private static int byCase(String name) {
        return Character.isUpperCase(name.codePointAt(0)) ? 2 : 1;
    }

    /**
     * The result of {@code read} for a formula in matrix notation with as many vectors as possible.
     *
     * @throws SyntaxException if no choice of kinds makes sense, with the error for all unknown names as vectors; or if
     *     more than one choice does
     */
    <T> T byUse(Function<Variables, T> read) {
        Variables vectors = declared;
        Set<String> open = new LinkedHashSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            String name = tokens.get(at).text();
            if (isVariable(at) && declared.rank(name).isEmpty()) {
                vectors = vectors.with(name, byCase(name));
                if (byCase(name) == 1 && !isTransposed(name)) {
                    open.add(name);
                }
            }
        }
        try {
            return read.apply(vectors);
        } catch (SyntaxException asVectors) {
            return withScalars(read, vectors, List.copyOf(open), asVectors);
        }
    }

    private boolean isTransposed(String name) {
        return IntStream.range(0, tokens.size())
                .anyMatch(at -> tokens.get(at).text().equals(name) && (is(at + 1, "'") || is(at + 1, "ᵀ")));
    }

    private <T> T withScalars(
            Function<Variables, T> read, Variables vectors, List<String> open, SyntaxException otherwise) {
        for (int count = 1; count <= open.size(); count++) {
            Map<List<String>, T> readings = new LinkedHashMap<>();
            for (List<String> scalars : choices(open, count)) {
                attempt(read, with(vectors, scalars)).ifPresent(reading -> readings.put(scalars, reading));
            }
            if (readings.size() > 1) {
                throw new SyntaxException(
                        formula,
                        1,
                        String.join(
                                        " or ",
                                        readings.keySet().stream()
                                                .map(names -> String.join(" and ", names))
                                                .toList())
                                + " is a scalar, but the formula does not determine which",
                        "fix: declare the scalar, on the command line with --scalar "
                                + readings.keySet().iterator().next().get(0));
            }
            if (readings.size() == 1) {
                return readings.values().iterator().next();
            }
        }
        throw otherwise;
    }

    private static Variables with(Variables vectors, List<String> scalars) {
        return scalars.stream().reduce(vectors, Variables::scalar, (a, b) -> b);
    }

    private static <T> Optional<T> attempt(Function<Variables, T> read, Variables variables) {
        try {
            return Optional.of(read.apply(variables));
        } catch (SyntaxException wrong) {
            return Optional.empty();
        }
    }

    private static List<List<String>> choices(List<String> of, int count) {
        if (count == 0) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (int first = 0; first < of.size(); first++) {
            for (List<String> rest : choices(of.subList(first + 1, of.size()), count - 1)) {
                List<String> choice = new ArrayList<>(List.of(of.get(first)));
                choice.addAll(rest);
                all.add(choice);
            }
        }
        return all;
    }
}
