package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Element [row, column] of the inverse of a square matrix. The matrix is the argument over {@code from} (its rows) and
 * {@code to} (its columns). These two indices are bound, so the same name outside denotes another index.
 */
public record Inverse(Expression argument, Index from, Index to, Index row, Index column) implements Expression {

    public Inverse {
        Indices.requireMatrix("inv", argument, from, to);
    }

    /** Whether this is an inverse of the matrix of that determinant. */
    public boolean isOf(Determinant determinant) {
        return Key.ofMatrix(argument, from, to)
                .equals(Key.ofMatrix(determinant.argument(), determinant.row(), determinant.column()));
    }

    /** Whether the matrix, and so its inverse, is equal to its transpose, as inv(X'*X) is. */
    public boolean isSymmetric() {
        return Key.ofMatrix(argument, from, to).equals(Key.ofMatrix(argument, to, from));
    }

    @Override
    public Set<Index> indices() {
        return new LinkedHashSet<>(List.of(row, column));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.inverse(this);
    }
}
