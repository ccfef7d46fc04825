package io.jacobi.nn.calculus.notation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sums as books write them, without parentheses around what is summed: Σ_j W_ij x_j. */
final class IndexSums {

    private static final Pattern SIGN =
            Pattern.compile("(?<![\\p{L}\\d])(?:sum|Σ)_\\{?([a-z]+)\\}?(?![\\p{L}\\d])\\s*");
    private static final Pattern SUBSCRIPT = Pattern.compile("_\\{?([a-z]+)\\}?");

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
                return text.charAt(at - 1) == ' ' ? at - 1 : at;
            }
        }
        return text.length();
    }

    private static String sum(String indices, String term) {
        List<String> subscripts =
                SUBSCRIPT.matcher(term).results().map(found -> found.group(1)).toList();
        String all = String.join("", subscripts);
        if (indices.chars()
                        .allMatch(index -> all.chars().filter(c -> c == index).count() == 2)
                && !term.startsWith("(")) {
            return term;
        }
        Set<String> distinct = new HashSet<>(subscripts);
        String inside = OtherFunctions.closing(term, 0) == term.length() - 1 && term.startsWith("(")
                ? term.substring(1, term.length() - 1)
                : term;
        return distinct.equals(Set.of(indices))
                ? "sum(" + SUBSCRIPT.matcher(inside).replaceAll("").replaceAll("(?<!\\.)\\^", ".^") + ")"
                : "sum_" + indices + "(" + inside + ")";
    }
}
