package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Renaming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A product in matrix notation that is being read. It is one contraction of all factors, however many there are. That
 * is right because no two matrices share an index before they are multiplied.
 */
final class MatrixTerm {

    private final List<Expression> factors = new ArrayList<>();
    private Optional<Index> row;
    private Optional<Index> column;

    MatrixTerm(Matrix first) {
        factors.add(first.value());
        row = first.row();
        column = first.column();
    }

    Form form() {
        return Form.of(row.isPresent(), column.isPresent());
    }

    /** Multiplies by a matrix from the right, or by a number. */
    void times(Matrix right) {
        if (right.isNumber() || form() == Form.NUMBER) {
            timesElements(right);
            return;
        }
        boolean sums = column.isPresent();
        factors.add(
                sums
                        ? Renaming.rename(right.value(), Map.of(right.row().orElseThrow(), column.orElseThrow()))
                        : right.value());
        column = right.column();
    }

    /** Multiplies element by element by a matrix of the same form, or by a number. */
    void timesElements(Matrix right) {
        if (form() == Form.NUMBER) {
            row = right.row();
            column = right.column();
        }
        factors.add(right.isNumber() ? right.value() : right.along(new Matrix(right.value(), row, column)));
    }

    Matrix product() {
        Set<Index> free = new HashSet<>();
        Stream.of(row, column).flatMap(Optional::stream).forEach(free::add);
        return new Matrix(new Contraction(1, factors, free), row, column);
    }
}
