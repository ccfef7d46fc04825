package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a formula in either notation: a formula with "_" has indices. */
public final class Reader {

    /** What was read: an expression, the order of its axes, what its names are, and whether it had indices. */
    public record Read(Expression expression, List<Index> axes, Variables variables, boolean byIndices) {}

    private Reader() {}

    /**
     * Reads a formula. The axes of index notation are in alphabetical order, those of a matrix its rows and columns.
     *
     * @throws SyntaxException if it cannot be read; the message points at the column
     */
    public static Read read(String formula, Variables declared) {
        if (formula.isBlank()) {
            throw new SyntaxException(
                    formula, 1, "the formula is empty", "expected one such as x' * A * x or x_i A_ij x_j");
        }
        Kinds all = new Kinds(formula, declared);
        Kinds kinds = new Kinds(formula, declared.only(all.names()));
        return kinds.hasIndices()
                ? indices(formula, kinds.byIndices())
                : kinds.byUse(known -> matrices(formula, known));
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
