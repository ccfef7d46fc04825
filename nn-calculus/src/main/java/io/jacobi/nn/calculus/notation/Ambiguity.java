package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses formulas in index notation that would be read, but that books mean in another way. */
final class Ambiguity {

    private Ambiguity() {}

    /** Refuses x_i x_i x_i, which may be meant as a power or as a sum. */
    static void requireOnceOrTwice(Tokens tokens, Token start, List<Expression> factors) {
        Map<Variable, Integer> counts = new LinkedHashMap<>();
        for (Expression factor : factors) {
            if (factor instanceof Variable variable && !variable.at().isEmpty()) {
                counts.merge(variable, 1, Integer::sum);
            }
        }
        counts.forEach((variable, count) -> {
            if (count > 2) {
                String name = Excerpt.of(variable.name(), 30);
                String at = variable.at().stream().map(Index::name).collect(Collectors.joining());
                throw tokens.error(
                        start,
                        name + " occurs more than twice with the same indices",
                        "expected at most two, which are summed\n  fix: write " + name + ".^" + count
                                + " in matrix notation, or " + name + "_" + at + "^" + count
                                + ", for a power of each element");
            }
        });
    }

    /** Refuses sum_i (x_i - y_i)^2, which a book means as the sum of powers, when the power follows. */
    static void requireNoPower(Tokens tokens, Token sum) {
        if (tokens.peek().is("^") || tokens.peek().is(".^")) {
            throw tokens.error(
                    tokens.peek(),
                    "a power after " + sum + " and a space may be meant of the sum or of its terms",
                    "fix: write sum_i((x_i)^2) for the sum of powers, sum_i(x_i)^2 without a space for the power of the"
                            + " sum");
        }
    }
}
