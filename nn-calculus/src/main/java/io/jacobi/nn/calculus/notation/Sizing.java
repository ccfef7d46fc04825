package io.jacobi.nn.calculus.notation;

import static java.util.function.Predicate.not;

import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Indices;
import io.jacobi.nn.calculus.expression.Lengths;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Parts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Determines the length of each I and each ones of a formula from the variables that share its index. */
final class Sizing {

    private Sizing() {}

    /**
     * Returns the expression with the length of every delta and ones.
     *
     * @throws IllegalArgumentException if the length of a delta or ones is not determined
     */
    static Expression of(Expression expression) {
        return of(expression, Map.of());
    }

    private static Expression of(Expression expression, Map<Index, Dimension> outer) {
        if (expression instanceof Delta delta) {
            return new Delta(delta.first(), delta.second(), length(delta, delta.length(), outer));
        }
        if (expression instanceof Ones ones) {
            return new Ones(ones.index(), length(ones, ones.length(), outer));
        }
        List<Expression> parts = Parts.of(expression);
        Map<Index, Dimension> known = known(parts, visible(expression, outer));
        return parts.isEmpty()
                ? expression
                : Parts.replace(
                        expression, parts.stream().map(part -> of(part, known)).toList());
    }

    /** The lengths known outside of indices that have the same meaning inside. */
    private static Map<Index, Dimension> visible(Expression expression, Map<Index, Dimension> outer) {
        Map<Index, Dimension> visible = new HashMap<>(outer);
        visible.keySet().retainAll(Indices.of(Parts.of(expression)));
        visible.keySet().retainAll(expression.indices());
        return visible;
    }

    private static Map<Index, Dimension> known(List<Expression> parts, Map<Index, Dimension> outer) {
        Map<Index, Dimension> known = new HashMap<>(outer);
        for (Index index : Indices.of(parts)) {
            parts.stream()
                    .flatMap(part -> Lengths.find(index, part))
                    .filter(not(Unsized.UNKNOWN::equals))
                    .findFirst()
                    .ifPresent(length -> known.putIfAbsent(index, length));
        }
        // both indices of a delta have the same length; one round for each part, so that a length reaches all of them
        for (int round = 0; round < parts.size(); round++) {
            for (Expression part : parts) {
                if (part instanceof Delta delta) {
                    Optional.ofNullable(known.get(delta.first())).ifPresent(n -> known.putIfAbsent(delta.second(), n));
                    Optional.ofNullable(known.get(delta.second())).ifPresent(n -> known.putIfAbsent(delta.first(), n));
                }
            }
        }
        return known;
    }

    private static Dimension length(Expression of, Dimension length, Map<Index, Dimension> known) {
        if (!length.equals(Unsized.UNKNOWN)) {
            return length;
        }
        return of.indices().stream()
                .flatMap(index -> Optional.ofNullable(known.get(index)).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException((of instanceof Delta ? "I" : "ones") + " has no known size"
                                + "\n  expected a variable that determines its size, as in A + I or A*ones"));
    }
}
