package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Renaming;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The functions of matrix notation. */
final class MatrixFunctions {

    /** The names, which are listed in messages and reserved, so that no variable can have one. */
    static final List<String> NAMES = names();

    private final Tokens tokens;
    private final Fresh fresh;

    MatrixFunctions(Tokens tokens, Fresh fresh) {
        this.tokens = tokens;
        this.fresh = fresh;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(ElementFunction.symbols());
        names.addAll(List.of("sqrt", "sum", "mean", "norm1", "norm2", "normF", "logsumexp", "softmax"));
        names.addAll(List.of("tr", "det", "logdet", "inv", "diag", "length", "rows", "columns"));
        return List.copyOf(names);
    }

    /** Reads the argument and applies the function to it. */
    Matrix apply(Token name, Supplier<Matrix> argument) {
        if (!NAMES.contains(name.text())) {
            throw tokens.error(name, "unknown function " + name, "expected one of " + NAMES);
        }
        Matrix u = argument.get();
        Optional<Function> elementwise = ElementFunction.named(name.text());
        if (elementwise.isPresent()) {
            return u.with(u.value().map(elementwise.get()));
        }
        return switch (name.text()) {
            case "sqrt" -> u.with(u.value().power(0.5));
            case "sum" -> Matrix.number(total(u.value()));
            case "mean" -> Matrix.number(total(u.value()).over(total(ones(u))));
            case "norm1" -> Matrix.number(total(vector(name, u).value().map(ElementFunction.ABS)));
            case "norm2" ->
                Matrix.number(total(vector(name, u).value().power(2)).power(0.5));
            case "normF" ->
                Matrix.number(total(matrix(name, u).value().power(2)).power(0.5));
            case "logsumexp" ->
                Matrix.number(
                        total(vector(name, u).value().map(ElementFunction.EXP)).map(ElementFunction.LOG));
            case "softmax" -> softmax(vector(name, u));
            case "diag" -> diagonal(name, u);
            case "length" -> size(name, u, 1, 0);
            case "rows" -> size(name, u, 2, 0);
            case "columns" -> size(name, u, 2, 1);
            default -> ofMatrix(name, matrix(name, u));
        };
    }

    private Matrix ofMatrix(Token name, Matrix u) {
        Index row = u.row().orElseThrow();
        Index column = u.column().orElseThrow();
        return switch (name.text()) {
            case "tr" -> Matrix.number(new Contraction(1, List.of(Renaming.rename(u.value(), column, row)), Set.of()));
            case "det" -> Matrix.number(new Determinant(u.value(), row, column));
            case "logdet" -> Matrix.number(new LogDeterminant(u.value(), row, column));
            default -> {
                Index first = fresh.next();
                Index second = fresh.next();
                yield Matrix.of(new Inverse(u.value(), row, column, first, second), first, second);
            }
        };
    }

    private static Expression total(Expression u) {
        return u.sum(u.indices().toArray(Index[]::new));
    }

    /** Ones with the shape of u, independent of its values. */
    private static Expression ones(Matrix u) {
        return u.value().power(0);
    }

    private static Matrix softmax(Matrix u) {
        Expression exp = u.value().map(ElementFunction.EXP);
        return u.with(exp.over(total(exp)));
    }

    /** The matrix with a given diagonal, or the diagonal of a given matrix. */
    private Matrix diagonal(Token name, Matrix u) {
        if (u.isNumber()) {
            throw wrong(name, u, "a vector or a matrix");
        }
        if (u.isMatrix()) {
            Index row = u.row().orElseThrow();
            return Matrix.vector(Renaming.rename(u.value(), u.column().orElseThrow(), row), row);
        }
        Index row = u.row().or(u::column).orElseThrow();
        Index column = fresh.next();
        return Matrix.of(Contraction.product(List.of(Unsized.identity(row, column), u.value())), row, column);
    }

    private Matrix size(Token name, Matrix u, int rank, int axis) {
        if (!(u.value() instanceof Variable variable) || variable.at().size() != rank) {
            throw tokens.error(name, name + " takes a variable", "expected the name of " + Variables.kind(rank));
        }
        return Matrix.number(new Size(new Dimension(variable.name(), axis)));
    }

    private Matrix vector(Token name, Matrix u) {
        if (u.isNumber() || u.isMatrix()) {
            throw wrong(name, u, "a vector" + (name.text().equals("norm2") ? "; use normF for a matrix" : ""));
        }
        return u;
    }

    private Matrix matrix(Token name, Matrix u) {
        if (!u.isMatrix()) {
            throw wrong(name, u, "a matrix");
        }
        return u;
    }

    private SyntaxException wrong(Token name, Matrix u, String expected) {
        return tokens.error(name, name + " does not take " + u.kind(), "expected " + expected);
    }
}
