package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Lengths;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Renaming;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The functions of matrix notation. */
final class MatrixFunctions {

    /** The names, which are listed in messages and reserved, so that no variable can have one. */
    static final List<String> NAMES = names();

    /** What the notation has for the functions of other notations. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("trace", "tr(A)"),
            Map.entry("norm", "norm2(x) for a vector, normF(A) for a matrix"),
            Map.entry("ln", "log(x)"),
            Map.entry("dot", "x'*y for the inner product"),
            Map.entry("max", "relu(x) for max(x, 0)"),
            Map.entry("transpose", "A' for the transpose"),
            Map.entry("inverse", "inv(A)"),
            Map.entry("determinant", "det(A)"),
            Map.entry("eye", "I for the identity"),
            Map.entry("square", "x.^2"),
            Map.entry("outer", "x*y' for the outer product"),
            Map.entry("average", "mean(x)"));

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

    /** The error for a function that is not among {@code known}, with the name that the notation has for it. */
    static SyntaxException unknown(Tokens tokens, Token name, String known) {
        String here = ELSEWHERE.get(name.text());
        return tokens.error(
                name,
                "unknown function " + name,
                "expected one of " + known + (here == null ? "" : "\n  fix: write " + here));
    }

    static void requireKnown(Tokens tokens, Token name) {
        if (!NAMES.contains(name.text())) {
            throw unknown(tokens, name, NAMES.toString());
        }
    }

    /** Reads the argument and applies the function to it. */
    Matrix apply(Token name, Supplier<Matrix> argument) {
        Matrix u = argument.get();
        if (isLength(name)) {
            return Matrix.number(size(name, u));
        }
        if (Signature.value(name.text(), u.form()).isEmpty()) {
            throw tokens.error(
                    name, name + " does not take " + u.form(), "expected " + Signature.argument(name.text()));
        }
        Optional<Function> elementwise = ElementFunction.named(name.text());
        if (elementwise.isPresent()) {
            return u.with(u.value().map(elementwise.get()));
        }
        return switch (name.text()) {
            case "sqrt" -> u.with(u.value().power(0.5));
            case "sum" -> Matrix.number(total(u.value()));
            case "mean" -> Matrix.number(total(u.value()).over(count(u.value())));
            case "norm1" -> Matrix.number(total(u.value().map(ElementFunction.ABS)));
            case "norm2", "normF" -> Matrix.number(total(u.value().power(2)).power(0.5));
            case "logsumexp" ->
                Matrix.number(total(u.value().map(ElementFunction.EXP)).map(ElementFunction.LOG));
            case "softmax" -> softmax(u);
            case "diag" -> diagonal(u);
            default -> ofMatrix(name, u);
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

    /** The number of elements. It refers to u only if no variable determines a length, so that u is not repeated. */
    private static Expression count(Expression u) {
        List<Expression> lengths = new ArrayList<>(List.of(Expression.constant(1)));
        for (Index index : u.indices()) {
            Optional<Dimension> length = Lengths.find(index, u).filter(known -> !known.equals(Unsized.UNKNOWN));
            if (length.isEmpty()) {
                return total(u.power(0));
            }
            lengths.add(new Size(length.get()));
        }
        return Contraction.product(lengths);
    }

    private static Matrix softmax(Matrix u) {
        Expression exp = u.value().map(ElementFunction.EXP);
        return u.with(exp.over(total(exp)));
    }

    /** The matrix with a given diagonal, or the diagonal of a given matrix. */
    private Matrix diagonal(Matrix u) {
        if (u.isMatrix()) {
            Index row = u.row().orElseThrow();
            return Matrix.vector(Renaming.rename(u.value(), u.column().orElseThrow(), row), row);
        }
        Index row = u.row().or(u::column).orElseThrow();
        Index column = fresh.next();
        return Matrix.of(Contraction.product(List.of(Unsized.identity(row, column), u.value())), row, column);
    }

    private static boolean isLength(Token name) {
        return Set.of("length", "rows", "columns").contains(name.text());
    }

    /** The length of a vector, or the number of rows or columns of a matrix, possibly transposed. */
    private Expression size(Token name, Matrix u) {
        int rank = name.text().equals("length") ? 1 : 2;
        if (!(u.value() instanceof Variable variable) || variable.at().size() != rank) {
            throw tokens.error(name, name + " takes a variable", "expected the name of " + Variables.kind(rank));
        }
        Index along = (name.text().equals("columns") ? u.column() : u.row().or(u::column)).orElseThrow();
        return new Size(new Dimension(variable.name(), variable.at().indexOf(along)));
    }
}
