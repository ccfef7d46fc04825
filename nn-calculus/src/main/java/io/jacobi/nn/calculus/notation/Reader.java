package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a formula in either notation. A formula that contains "_" is in index notation. */
public final class Reader {

    /** An expression that was read, the order of its axes, its variables, and whether it was in index notation. */
    public record Read(Expression expression, List<Index> axes, Variables variables, boolean byIndices) {}

    private Reader() {}

    /**
     * Reads a formula. In index notation the axes are in alphabetical order; in matrix notation they are rows, then
     * columns.
     *
     * @throws SyntaxException if the formula cannot be read; the message points at the column, and shows the formula in
     *     this notation if it is in a well-known other one
     */
    public static Read read(String formula, Variables declared) {
        try {
            return readAsWritten(formula, declared);
        } catch (SyntaxException wrong) {
            throw Suggestion.of(formula, text -> problem(text, declared))
                    .map(wrong::fixedBy)
                    .orElse(wrong);
        }
    }

    private static Optional<String> problem(String formula, Variables declared) {
        try {
            readAsWritten(formula, declared);
            return Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Read readAsWritten(String formula, Variables declared) {
        if (formula.isBlank()) {
            throw new SyntaxException(
                    formula, 1, "the formula is empty", "expected a formula such as x' * A * x or x_i A_ij x_j");
        }
        Kinds all = new Kinds(formula, declared);
        Kinds kinds = new Kinds(formula, declared.only(all.names()));
        return kinds.hasIndices() ? indices(formula, kinds.byIndices()) : matrices(formula, kinds.byUse());
    }

    private static Read indices(String formula, Variables known) {
        Expression expression = Sizing.of(new IndexGrammar(new Tokens(formula), known, new Fresh()).formula());
        return new Read(expression, expression.indices().stream().sorted().toList(), known, true);
    }

    private static Read matrices(String formula, Variables known) {
        Matrix matrix = new MatrixGrammar(new Tokens(formula), known, new Fresh()).formula();
        List<Index> axes = Stream.of(matrix.row(), matrix.column())
                .flatMap(Optional::stream)
                .toList();
        return new Read(Sizing.of(matrix.value()), axes, known, false);
    }
}
