package io.jacobi.nn.calculus.notation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rewrites a formula that cannot be read and that is in the notation of a book, of NumPy or of MATLAB: x^T A x is
 * x'*A*x here, X @ w is X*w, and ||x||^2 is norm2(x)^2.
 */
final class Suggestion {

    /** A longer formula would be cut in the message. */
    private static final int LONGEST = 200;

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("[−–]", "-"),
            Map.entry("\\s*[×·⋅∙∗@]\\s*", "*"),
            Map.entry("[⊙∘]", ".*"),
            Map.entry("⊘", "./"),
            Map.entry("÷", "/"),
            Map.entry("⁻¹", "^-1"),
            Map.entry("²", ".^2"),
            Map.entry("³", ".^3"),
            Map.entry("½", "0.5"),
            Map.entry("[∑]", "Σ"),
            Map.entry("√", "sqrt"),
            Map.entry("[’′`]", "'"));

    private static final String TRANSPOSED = "(\\^\\{?\\(?(T|t|⊤|\\\\top)\\)?\\}?|⊤|\\.T)(?![\\p{L}\\d(])";

    private Suggestion() {}

    /** The formula in this notation; empty if the rules do not lead to one that {@code reads}. */
    static Optional<String> of(String formula, Predicate<String> reads) {
        if (formula.length() > LONGEST) {
            return Optional.empty();
        }
        return List.of("norm2", "normF").stream()
                .map(norm -> rewritten(formula, norm))
                .flatMap(text -> List.of(text, text.replaceAll("(?<!\\.)\\^(?!-1)", ".^")).stream())
                .flatMap(text -> withProducts(text).stream())
                .filter(text -> !text.equals(formula) && text.length() <= LONGEST && reads.test(text))
                .findFirst();
    }

    private static String rewritten(String formula, String norm) {
        String text = formula;
        for (Map.Entry<String, String> symbol : SYMBOLS.entrySet()) {
            text = text.replaceAll(symbol.getKey(), symbol.getValue());
        }
        text = text.replaceAll("\\^\\{?\\(?-[T⊤]\\)?\\}?", "'^-1")
                .replaceAll(TRANSPOSED, "'")
                .replaceAll("\\*\\*", ".^")
                .replaceAll("\\^\\{([^{}]*)\\}", "^($1)")
                .replaceAll("(?:\\|\\||[‖∥])([^|‖∥]+)(?:\\|\\||[‖∥])_?([12F]?)", "norm$2($1)")
                .replaceAll("\\|([^|]+)\\|", "abs($1)")
                .replaceAll("(?<![\\p{L}\\d])e\\^(\\p{L}[\\p{L}\\d]*)", "exp($1)")
                .replaceAll("(?<![\\p{L}\\d])e\\^\\(", "exp(")
                .replaceAll("([\\p{L}\\d]+)\\s*\\\\\\s*", "inv($1)*")
                .replaceAll("(norm|log|soft)_(1|2|F|det|max)\\(", "$1$2(");
        return OtherFunctions.replaced(text, norm);
    }

    /** The formula with * between factors that stand side by side, which index notation does not need. */
    private static Optional<String> withProducts(String text) {
        try {
            return Optional.of(text.contains("_") ? text : new Tokens(text).withProducts());
        } catch (SyntaxException unreadable) {
            return Optional.empty();
        }
    }
}
