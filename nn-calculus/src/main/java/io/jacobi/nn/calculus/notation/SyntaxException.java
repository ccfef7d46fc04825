package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Excerpt;

/**
 * Thrown when a formula cannot be read. The message points at the column, and shows the formula or, if it is long, the
 * part around the column; it has at most 1,000 characters.
 */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_ADVICE = 350;
    private static final String FIX = "fix: ";

    private final String formula;
    private final int column;
    private final String problem;
    private final String advice;

    /** {@code column} counts from 1; {@code advice} says what was expected and how to fix it. */
    public SyntaxException(String formula, int column, String problem, String advice) {
        super("column " + column + ": " + Excerpt.of(problem) + "\n  "
                + Excerpt.pointing(formula, column - 1).replace("\n", "\n  ") + "\n  "
                + Excerpt.of(advice, LONGEST_ADVICE));
        this.formula = formula;
        this.column = column;
        this.problem = problem;
        this.advice = advice;
    }

    /** The same error with the formula to write, in place of any other advice on how to fix it. */
    SyntaxException fixedBy(String right) {
        int fix = advice.indexOf(FIX);
        String expected = (fix < 0 ? advice : advice.substring(0, fix)).stripTrailing();
        return new SyntaxException(
                formula, column, problem, expected + (expected.isEmpty() ? "" : "\n  ") + FIX + "write " + right);
    }

    /** The column of the error, counted from 1. */
    public int column() {
        return column;
    }
}
