package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simplifies determinants and inverses whose matrix is an inverse, or a power such as X X X. */
final class Matrices {

    private Matrices() {}

    /** A power of a square matrix: base^exponent. */
    private record MatrixPower(Expression base, Index row, Index column, int exponent) {}

    /** det(M⁻¹) = 1 / det(M) and det(Mⁿ) = det(M)ⁿ, for a simplified argument. */
    static Expression determinant(Determinant of) {
        return power(of.argument(), of.row(), of.column())
                .map(power -> Powers.raise(
                        determinant(new Determinant(power.base(), power.row(), power.column())), power.exponent()))
                .orElse(of);
    }

    /** logdet(M⁻¹) = −logdet(M) and logdet(Mⁿ) = n logdet(M), for a simplified argument. */
    static Expression logDeterminant(LogDeterminant of) {
        return power(of.argument(), of.row(), of.column())
                .map(power -> Simplifier.simplify(
                        new LogDeterminant(power.base(), power.row(), power.column()).times(power.exponent())))
                .orElse(of);
    }

    /** (M⁻¹)⁻¹ = M, for a simplified argument. */
    static Expression inverse(Inverse of) {
        if (!(of.argument() instanceof Inverse inner)) {
            return of;
        }
        boolean transposed = inner.row().equals(of.to());
        Index row = transposed ? of.column() : of.row();
        Index column = transposed ? of.row() : of.column();
        return Renaming.rename(inner.argument(), Map.of(inner.from(), row, inner.to(), column));
    }

    private static Optional<MatrixPower> power(Expression matrix, Index row, Index column) {
        if (matrix instanceof Inverse inverse) {
            return Optional.of(new MatrixPower(inverse.argument(), inverse.from(), inverse.to(), -1));
        }
        return matrix instanceof Contraction product && product.scale() == 1
                ? chain(product, row, column)
                : Optional.empty();
    }

    /**
     * The product as Mⁿ if its factors are one matrix, from rows to columns: M_rs M_st M_tc. As its rows and columns
     * share an index, M is square.
     */
    private static Optional<MatrixPower> chain(Contraction product, Index row, Index column) {
        List<Expression> left = new ArrayList<>(product.factors());
        Index at = row;
        Optional<MatrixPower> power = Optional.empty();
        while (!left.isEmpty()) {
            Index from = at;
            List<Expression> next = left.stream()
                    .filter(factor -> factor.indices().contains(from))
                    .toList();
            if (next.size() != 1 || next.get(0).indices().size() != 2) {
                return Optional.empty();
            }
            Expression factor = next.get(0);
            Index to = factor.indices().stream()
                    .filter(index -> !index.equals(from))
                    .findFirst()
                    .orElseThrow();
            MatrixPower base = power.orElse(new MatrixPower(factor, from, to, 0));
            if (!Key.ofMatrix(factor, from, to).equals(Key.ofMatrix(base.base(), base.row(), base.column()))) {
                return Optional.empty();
            }
            power = Optional.of(new MatrixPower(base.base(), base.row(), base.column(), base.exponent() + 1));
            left.remove(factor);
            at = to;
        }
        return at.equals(column) ? power.filter(found -> found.exponent() > 1) : Optional.empty();
    }
}
