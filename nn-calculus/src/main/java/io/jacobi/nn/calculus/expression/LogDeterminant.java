package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** The logarithm of the absolute value of a determinant, which does not overflow where the determinant does. */
public record LogDeterminant(Expression argument, Index row, Index column) implements Expression {

    public LogDeterminant {
        Indices.requireMatrix("logdet", argument, row, column);
    }

    @Override
    public Set<Index> indices() {
        return Set.of();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.logDeterminant(this);
    }
}
