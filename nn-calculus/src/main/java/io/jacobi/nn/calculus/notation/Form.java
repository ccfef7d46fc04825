package io.jacobi.nn.calculus.notation;

import java.util.Optional;

/** What an expression in matrix notation has: rows, columns, both or neither. */
enum Form {
    NUMBER("a number"),
    COLUMN("a column vector"),
    ROW("a row vector"),
    MATRIX("a matrix");

    private final String text;

    Form(String text) {
        this.text = text;
    }

    static Form of(boolean rows, boolean columns) {
        return rows ? (columns ? MATRIX : COLUMN) : columns ? ROW : NUMBER;
    }

    /** The form of a variable with this number of axes; empty for more than two. */
    static Optional<Form> ofRank(int rank) {
        return rank > 2 ? Optional.empty() : Optional.of(rank == 0 ? NUMBER : rank == 1 ? COLUMN : MATRIX);
    }

    boolean hasRows() {
        return this == COLUMN || this == MATRIX;
    }

    boolean hasColumns() {
        return this == ROW || this == MATRIX;
    }

    boolean isVector() {
        return this == COLUMN || this == ROW;
    }

    Form transposed() {
        return of(hasColumns(), hasRows());
    }

    /** The form of the result of * or / or an operation on elements; empty if the operation is not defined. */
    Optional<Form> combined(String operator, Form right) {
        return switch (operator) {
            case "*" -> times(right);
            case "/" -> right == NUMBER ? Optional.of(this) : Optional.empty();
            default ->
                this == NUMBER
                        ? Optional.of(right)
                        : right == NUMBER || right == this ? Optional.of(this) : Optional.empty();
        };
    }

    private Optional<Form> times(Form right) {
        if (this == NUMBER || right == NUMBER) {
            return Optional.of(this == NUMBER ? right : this);
        }
        return hasColumns() == right.hasRows() ? Optional.of(of(hasRows(), right.hasColumns())) : Optional.empty();
    }

    /** In words, for messages. */
    @Override
    public String toString() {
        return text;
    }
}
