package io.jacobi.nn.calculus.notation;

/** Thrown when a formula cannot be read. The message shows the formula and points at the column. */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int column;

    /** {@code column} counts from 1; {@code advice} says what was expected and how to fix it. */
    public SyntaxException(String formula, int column, String problem, String advice) {
        super("column " + column + ": " + problem + "\n  " + formula + "\n  " + " ".repeat(column - 1) + "^\n  "
                + advice);
        this.column = column;
    }

    /** The column of the error, counted from 1. */
    public int column() {
        return column;
    }
}
