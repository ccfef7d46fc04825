package io.jacobi.nn.calculus.notation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites a formula that cannot be read and that is in the notation of a book, of NumPy or of MATLAB: x^T A x is
 * x'*A*x here, X @ w is X*w, and ||x||^2 is norm2(x)^2.
 */
final class Suggestion {

    /** A longer formula would be cut in the message. */
    private static final int LONGEST = 200;

    /** Regular expressions and what replaces them, in this order. */
    private static final List<List<String>> SYMBOLS = List.of(
            List.of("[−–]", "-"),
            List.of("\\s*@\\s*", "*"),
            List.of("[⊙∘]", ".*"),
            List.of("⊘", "./"),
            List.of("÷", "/"),
            List.of("⁻¹", "^-1"),
            List.of("(?<=\\p{Ll})²", ".^2"),
            List.of("(?<=\\p{Ll})³", ".^3"),
            List.of("²", "^2"),
            List.of("³", "^3"),
            List.of("\\s*×\\s*", "*"),
            List.of("½", "0.5"),
            List.of("∑", "Σ"),
            List.of("√", "sqrt"),
            List.of("[’′`]", "'"),
            List.of("₁", "_1"),
            List.of("₂", "_2"),
            List.of("\\\\(?=(sum|exp|log|ln|sin|cos|tanh|det|max|alpha|beta|lambda|mu|sigma|theta)(?!\\p{L}))", ""),
            List.of("(?<!\\p{L})(np|numpy|torch|jnp)\\.(?=\\p{L})", ""),
            List.of("\\.dot\\(", "*("),
            List.of("^\\s*\\p{L}+(\\(\\p{L}+\\))?\\s*=\\s*", ""));

    private static final String TRANSPOSED = "(\\^\\{?\\(?(T|t|⊤|\\\\top)\\)?\\}?|⊤|\\.T)(?![\\p{L}\\d(])";

    /** Signs of a product, which is the inner product after a vector. */
    private static final String DOT = "\\s*[·⋅∙∗]\\s*";

    /** A power of a name in lower case or of a part in parentheses. */
    private static final String POWER = "(?<=[\\p{Ll}\\d)'])\\^(?!-1)";

    private static final Pattern NORM = Pattern.compile("(^|[^|‖∥])(?:\\|\\||[‖∥])([^|‖∥]+)(?:\\|\\||[‖∥])_?([12F]?)");

    private Suggestion() {}

    /**
     * The formula in this notation; empty if the rules do not lead to one that can be read.
     *
     * @param problem what is wrong with a formula; empty if it can be read
     */
    static Optional<String> of(String formula, Function<String, Optional<String>> problem) {
        if (formula.length() > LONGEST) {
            return Optional.empty();
        }
        return Stream.of("'*", "*")
                .flatMap(dot -> Stream.of(rewritten(formula, "norm2", dot), rewritten(formula, "normF", dot)))
                .flatMap(text -> Stream.concat(withProducts(text).stream(), withoutIndices(text).stream()))
                .filter(text -> !text.equals(formula))
                .map(text -> hasPowerOfVector(problem.apply(text)) ? text.replaceAll(POWER, ".^") : text)
                .map(Suggestion::withoutParentheses)
                .filter(text -> text.length() <= LONGEST && problem.apply(text).isEmpty())
                .findFirst();
    }

    /** A book has one sign for the powers of numbers and of elements; the power of a matrix is another thing. */
    private static boolean hasPowerOfVector(Optional<String> problem) {
        return problem.filter(message -> message.contains("vector cannot be raised"))
                .isPresent();
    }

    private static String rewritten(String formula, String norm, String dot) {
        String text = formula.replaceAll("(?<=[\\p{Ll})])" + DOT, dot).replaceAll(DOT, "*");
        for (List<String> symbol : SYMBOLS) {
            text = text.replaceAll(symbol.get(0), symbol.get(1));
        }
        text = NORM.matcher(text)
                .replaceAll(Suggestion::norm)
                .replaceAll("\\^\\{?\\(?-[T⊤]\\)?\\}?", "'^-1")
                .replaceAll(TRANSPOSED, "'")
                .replaceAll("\\*\\*", ".^")
                .replaceAll("\\^\\{(-?[\\p{L}\\d.]+)\\}", "^$1")
                .replaceAll("\\^\\{([^{}]*)\\}", "^($1)")
                .replaceAll("\\|(?!\\p{Lu}\\|)([^|]+)\\|", "abs($1)")
                .replaceAll("(?<![\\p{L}\\d])e\\^(\\p{L}[\\p{L}\\d]*)", "exp($1)")
                .replaceAll("(?<![\\p{L}\\d])e\\^\\(", "exp(")
                .replaceAll("(?<![\\p{L}\\d.])([\\d.]+)\\^(\\p{L}[\\p{L}\\d]*)", "exp($2*log($1))")
                .replaceAll("([\\p{L}\\d]+)\\s*\\\\\\s*", "inv($1)*")
                .replaceAll("(norm|log|soft)_(1|2|F|det|max)\\(", "$1$2(");
        return OtherFunctions.replaced(IndexSums.replaced(text), norm, dot);
    }

    /** A norm between bars, apart from a name before it. */
    private static String norm(MatchResult bars) {
        String norm = bars.group(1) + (bars.group(1).matches("[\\p{L}\\d]") ? " " : "") + "norm" + bars.group(3) + "("
                + bars.group(2) + ")";
        return Matcher.quoteReplacement(norm);
    }

    /** The formula without subscripts if all are the same index, as in softmax(x_i), and nothing is summed. */
    private static Optional<String> withoutIndices(String text) {
        Set<String> subscripts = IndexSums.SUBSCRIPT
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        String bare = IndexSums.withoutSubscripts(text);
        boolean vectors = subscripts.size() == 1 && subscripts.iterator().next().length() == 1;
        return vectors ? withProducts(bare).filter(bare::equals) : Optional.empty();
    }

    private static String withoutParentheses(String text) {
        boolean around = text.startsWith("(") && OtherFunctions.closing(text, 0) == text.length() - 1;
        return around ? text.substring(1, text.length() - 1) : text;
    }

    /** The formula with * between factors that stand side by side, which index notation does not need. */
    static Optional<String> withProducts(String text) {
        try {
            return Optional.of(text.contains("_") ? text : new Tokens(text).withProducts());
        } catch (SyntaxException unreadable) {
            return Optional.empty();
        }
    }
}
