package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Renaming;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An expression in matrix notation, with the indices of its rows and columns. A column vector has rows only, a row
 * vector has columns only, and a number has neither.
 */
record Matrix(Expression value, Optional<Index> row, Optional<Index> column) {

    static Matrix number(Expression value) {
        return new Matrix(value, Optional.empty(), Optional.empty());
    }

    static Matrix vector(Expression value, Index row) {
        return new Matrix(value, Optional.of(row), Optional.empty());
    }

    static Matrix of(Expression value, Index row, Index column) {
        return new Matrix(value, Optional.of(row), Optional.of(column));
    }

    boolean isNumber() {
        return row.isEmpty() && column.isEmpty();
    }

    boolean isColumn() {
        return row.isPresent() && column.isEmpty();
    }

    boolean isMatrix() {
        return row.isPresent() && column.isPresent();
    }

    /** Returns a copy with another value and the same rows and columns. */
    Matrix with(Expression other) {
        return new Matrix(other, row, column);
    }

    Matrix transposed() {
        return new Matrix(value, column, row);
    }

    /** The value with the rows and columns of another matrix of the same kind. */
    Expression along(Matrix other) {
        Map<Index, Index> names = new HashMap<>();
        row.ifPresent(index -> names.put(index, other.row.orElseThrow()));
        column.ifPresent(index -> names.put(index, other.column.orElseThrow()));
        return Renaming.rename(value, names);
    }

    Form form() {
        return Form.of(row.isPresent(), column.isPresent());
    }
}
