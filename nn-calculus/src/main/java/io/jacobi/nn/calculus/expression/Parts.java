package io.jacobi.nn.calculus.expression;

import java.util.List;
import java.util.stream.Stream;

/** Access to the subexpressions of an expression. */
public final class Parts {

    private Parts() {}

    /** The direct subexpressions, from left to right. */
    public static List<Expression> of(Expression expression) {
        if (expression instanceof Contraction contraction) {
            return contraction.factors();
        }
        if (expression instanceof Sum sum) {
            return sum.terms();
        }
        if (expression instanceof Mapped mapped) {
            return List.of(mapped.argument());
        }
        if (expression instanceof Determinant determinant) {
            return List.of(determinant.argument());
        }
        if (expression instanceof LogDeterminant determinant) {
            return List.of(determinant.argument());
        }
        return expression instanceof Inverse inverse ? List.of(inverse.argument()) : List.of();
    }

    /** Returns a copy of the expression with the given subexpressions. */
    public static Expression replace(Expression expression, List<Expression> parts) {
        if (expression instanceof Contraction contraction) {
            return new Contraction(contraction.scale(), parts, contraction.indices());
        }
        if (expression instanceof Sum) {
            return new Sum(parts);
        }
        if (expression instanceof Mapped mapped) {
            return new Mapped(mapped.function(), parts.get(0));
        }
        if (expression instanceof Determinant of) {
            return new Determinant(parts.get(0), of.row(), of.column());
        }
        if (expression instanceof LogDeterminant of) {
            return new LogDeterminant(parts.get(0), of.row(), of.column());
        }
        return expression instanceof Inverse of
                ? new Inverse(parts.get(0), of.from(), of.to(), of.row(), of.column())
                : expression;
    }

    /** All occurrences of variables in an expression, from left to right. */
    public static Stream<Variable> variables(Expression expression) {
        return expression instanceof Variable variable
                ? Stream.of(variable)
                : of(expression).stream().flatMap(Parts::variables);
    }
}
