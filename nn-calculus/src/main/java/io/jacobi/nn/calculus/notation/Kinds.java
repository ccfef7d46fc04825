package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Infers the kinds of the undeclared names of a formula. In index notation, a name has as many axes as indices. In
 * matrix notation, a name in upper case is a matrix, and one in lower case a vector, or a number if the formula makes
 * sense only then or the name is added to a number, as in w'*x + b. A name that is added to a matrix is not taken for a
 * number, because it is rather meant as a bias.
 */
final class Kinds {

    /** Functions whose argument is in matrix notation, even inside index notation. */
    static final Set<String> OF_MATRICES = Set.of("det", "logdet", "inv", "tr", "length", "rows", "columns");

    private static final Set<String> RESERVED = Set.of("I", "ones", "delta", "δ");

    private final String formula;
    private final List<Token> tokens;
    private final Variables declared;
    private final boolean byIndices;
    private final boolean[] inBraces;

    Kinds(String formula, Variables declared) {
        this.formula = formula;
        this.tokens = new Tokens(formula).all();
        this.declared = declared;
        this.byIndices = tokens.stream().anyMatch(token -> token.is("_"));
        this.inBraces = new boolean[tokens.size()];
        for (int at = 1; at < inBraces.length; at++) {
            boolean name = tokens.get(at).kind() == Kind.NAME;
            inBraces[at] = name && (is(at - 1, "{") || inBraces[at - 1]);
        }
    }

    boolean hasIndices() {
        return byIndices;
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
        Map<String, Integer> indexed = new LinkedHashMap<>();
        Map<String, Integer> inMatrices = new LinkedHashMap<>();
        int matrixUntil = 0;
        for (int at = 0; at < tokens.size(); at++) {
            String name = tokens.get(at).text();
            if (OF_MATRICES.contains(name) && is(at + 1, "(")) {
                matrixUntil = Math.max(matrixUntil, closing(at + 1));
            }
            if (isVariable(at) && declared.rank(name).isEmpty()) {
                if (at < matrixUntil && !is(at + 1, "_")) {
                    inMatrices.putIfAbsent(name, byCase(name));
                } else {
                    indexed.putIfAbsent(name, indices(at));
                }
            }
        }
        inMatrices.putAll(indexed);
        return declared.with(inMatrices);
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
        boolean subscript = at > 0 && (is(at - 1, "_") || inBraces[at]);
        boolean sumOver = byIndices && is(at + 1, "_") && (OF_MATRICES.contains(name) || name.equals("sum"));
        boolean reserved = RESERVED.contains(name) && declared.rank(name).isEmpty();
        return tokens.get(at).kind() == Kind.NAME && !subscript && !isFunction(at) && !sumOver && !reserved;
    }

    /** Whether a name before "(" names a function. In index notation it may also be a factor, as in a (x_i + y_i). */
    private boolean isFunction(int at) {
        Token name = tokens.get(at);
        boolean factor = byIndices && (declared.rank(name.text()).isPresent() || !name.touches(tokens.get(at + 1)));
        return is(at + 1, "(") && (MatrixFunctions.NAMES.contains(name.text()) || !factor);
    }

    private static int byCase(String name) {
        return Character.isUpperCase(name.codePointAt(0)) ? 2 : 1;
    }

    /**
     * The kinds in matrix notation, with as many vectors as possible. If no choice of kinds makes sense, all names in
     * lower case are vectors, and reading the formula with them explains what is wrong.
     *
     * @throws SyntaxException if more than one choice makes sense, or the formula is not in matrix notation
     */
    Variables byUse() {
        Set<String> transposed = transposed();
        Set<String> open = new LinkedHashSet<>();
        Map<String, Integer> vectors = new LinkedHashMap<>();
        for (String name : names()) {
            if (declared.rank(name).isEmpty()) {
                vectors.put(name, byCase(name));
                if (byCase(name) == 1 && !transposed.contains(name)) {
                    open.add(name);
                }
            }
        }
        Variables known = declared.with(vectors);
        if (open.isEmpty()) {
            return known;
        }
        FormTree tree = new FormGrammar(new Tokens(formula), known, open).formula();
        FormSearch search = new FormSearch(tree);
        Optional<FormSearch.Found> found = search.best();
        if (search.isTooHard()) {
            throw new SyntaxException(
                    formula,
                    1,
                    "too many choices of scalars may make sense",
                    "fix: declare the scalars, on the command line with --scalar "
                            + Excerpt.of(open.iterator().next(), 60));
        }
        if (found.filter(FormSearch.Found::isAmbiguous).isPresent()) {
            throw ambiguous(found.get());
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        found.ifPresent(best -> {
            best.numbers().forEach(name -> numbers.put(name, 0));
            AddedNames.of(tree, best.numbers()).forEach(name -> numbers.put(name, 0));
        });
        return known.with(numbers);
    }

    private Set<String> transposed() {
        Set<String> names = new LinkedHashSet<>();
        for (int at = 0; at < tokens.size(); at++) {
            if (is(at + 1, "'") || is(at + 1, "ᵀ")) {
                names.add(tokens.get(at).text());
            }
        }
        return names;
    }

    private SyntaxException ambiguous(FormSearch.Found found) {
        Set<String> one = new TreeSet<>(found.numbers());
        Set<String> other = new TreeSet<>(found.others());
        one.removeAll(found.others());
        other.removeAll(found.numbers());
        return new SyntaxException(
                formula,
                1,
                Excerpt.of(String.join(" and ", one), 60) + " or " + Excerpt.of(String.join(" and ", other), 60)
                        + " is a scalar, but the formula does not determine which",
                "fix: declare the scalar, on the command line with --scalar "
                        + Excerpt.of((one.isEmpty() ? other : one).iterator().next(), 60));
    }
}
