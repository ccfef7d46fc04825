package io.jacobi.nn.calculus.notation;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sums as books write them, without parentheses around what is summed: Σ_j W_ij x_j. */
final class IndexSums {

    private static final Pattern SIGN =
            Pattern.compile("(?<![\\p{L}\\d])(?:sum|Σ)_\\{?([a-z]+)\\}?(?![\\p{L}\\d])\\s*");
    /** The indices of a name, with or without braces. */
    static final Pattern SUBSCRIPT = Pattern.compile("_\\{?([a-z]+)\\}?");

    private IndexSums() {}

    /**
     * The formula without the sums over indices that occur twice, and with parentheses in the others. A sum over all
     * indices of one array is written in matrix notation.
     */
    static String replaced(String formula) {
        Matcher sign = SIGN.matcher(formula);
        if (!sign.find()) {
            return formula;
        }
        if (sign.group().startsWith("sum")
                && formula.startsWith("(", sign.end())
                && !sign.group().endsWith(" ")) {
            return formula.substring(0, sign.end()) + replaced(formula.substring(sign.end()));
        }
        int end = endOfTerm(formula, sign.end());
        String sum =
                sum(sign.group(1), replaced(formula.substring(sign.end(), end).strip()));
        return formula.substring(0, sign.start()) + sum + replaced(formula.substring(end));
    }

    /** The place of the next + or - outside parentheses, of a parenthesis that closes, or the end. */
    private static int endOfTerm(String text, int start) {
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean sign = depth == 0 && at > start && (c == '+' || c == '-') && text.charAt(at - 1) != '^';
            if (depth < 0 || sign) {
                return at > start && text.charAt(at - 1) == ' ' ? at - 1 : at;
            }
        }
        return text.length();
    }

    /** The formula in matrix notation if all arrays have the same indices: x_i^2 / y_i is x.^2 ./ y. */
    static String withoutSubscripts(String formula) {
        Matcher subscripts = SUBSCRIPT.matcher(formula);
        String bare = subscripts.replaceAll("").replaceAll("(?<!\\.)\\^", ".^");
        boolean several = SUBSCRIPT.matcher(formula).results().count() > 1;
        return several ? bare.replaceAll("\\s*(?<!\\.)([*/])\\s*", " .$1 ") : bare;
    }

    private static String sum(String indices, String term) {
        if (indices.chars().allMatch(index -> isSummed(term, index))) {
            return term;
        }
        Set<String> distinct =
                SUBSCRIPT.matcher(term).results().map(found -> found.group(1)).collect(Collectors.toSet());
        boolean closed = term.startsWith("(") && OtherFunctions.closing(term, 0) == term.length() - 1;
        String inside = closed ? term.substring(1, term.length() - 1) : term;
        String bare = withoutSubscripts(inside);
        return distinct.equals(Set.of(indices))
                        && Suggestion.withProducts(bare).filter(bare::equals).isPresent()
                ? "sum(" + bare + ")"
                : "sum_" + indices + "(" + inside + ")";
    }

    /** Whether a product is summed over an index without a sign: it is in two factors, in none of them twice. */
    private static boolean isSummed(String term, int index) {
        if (term.contains("/") || term.contains(".*")) {
            return false;
        }
        int factors = 0;
        int depth = 0;
        int inside = 0;
        boolean subscript = false;
        for (int at = 0; at < term.length(); at++) {
            char c = term.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            subscript = c == '_' || (subscript && (c == '{' || (c >= 'a' && c <= 'z')));
            if (subscript && c == index) {
                factors++;
                inside += depth > 0 ? 1 : 0;
            }
            if (depth == 0 && c == ')') {
                if (inside > 1) {
                    return false;
                }
                inside = 0;
            }
        }
        return factors > 1;
    }
}
