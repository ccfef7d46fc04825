package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Excerpt;

/**
 * Thrown when a formula cannot be read. The message points at the column, and shows the formula or, if it is long, the
 * part around the column; it has at most 1,000 characters.
 */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_ADVICE = 350;

    private final int column;

    /** {@code column} counts from 1; {@code advice} says what was expected and how to fix it. */
    public SyntaxException(String formula, int column, String problem, String advice) {
        super("column " + column + ": " + Excerpt.of(problem) + "\n  "
                + Excerpt.pointing(formula, column - 1).replace("\n", "\n  ") + "\n  "
                + Excerpt.of(advice, LONGEST_ADVICE));
        this.column = column;
    }

    /** The column of the error, counted from 1. */
    public int column() {
        return column;
    }
}
