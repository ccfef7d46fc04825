package io.jacobi.nn.calculus.expression;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sets of indices, in the order in which they first occur. */
public final class Indices {

    private Indices() {}

    /** The free indices of any of the expressions. */
    public static Set<Index> of(Collection<? extends Expression> expressions) {
        Set<Index> indices = new LinkedHashSet<>();
        expressions.forEach(expression -> indices.addAll(expression.indices()));
        return indices;
    }

    /** Every index in an expression, summed or not, at any depth. */
    public static Set<Index> everywhere(Expression expression) {
        Set<Index> indices = new LinkedHashSet<>(expression.indices());
        if (expression instanceof Inverse inverse) {
            indices.addAll(List.of(inverse.from(), inverse.to()));
        }
        Parts.of(expression).forEach(part -> indices.addAll(everywhere(part)));
        return indices;
    }

    static void requireMatrix(String what, Expression argument, Index row, Index column) {
        if (row.equals(column) || !argument.indices().equals(Set.of(row, column))) {
            throw new IllegalArgumentException(what + " needs a matrix\n  expected an expression over two indices"
                    + "\n  received one over " + argument.indices());
        }
    }
}
