package io.jacobi.nn.calculus.expression;

import java.util.Set;

/**
 * The determinant of the square matrix whose rows and columns are the given indices of the argument. It has no free
 * index.
 */
public record Determinant(Expression argument, Index row, Index column) implements Expression {

    public Determinant {
        Indices.requireMatrix("det", argument, row, column);
    }

    @Override
    public Set<Index> indices() {
        return Set.of();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.determinant(this);
    }
}
