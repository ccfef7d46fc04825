package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Index notation: {@code x_i A_ij x_j}. An index that occurs twice in a product is summed (Einstein's convention);
 * {@code .*} and {@code ./} multiply and divide without summing, and {@code sum_i(...)} sums an index that occurs once.
 *
 * <pre>
 * term    = group {["*"] group}
 * group   = signed {(".*" | "./" | "/") signed}
 * operand = number | variable | function "(" sum ")" | "(" sum ")" | "delta_ij" | "1_i"
 *         | "sum_i(" sum ")" | "inv(" matrix ")_ij" | "det(" matrix ")" | "logdet(" matrix ")"
 * </pre>
 */
final class IndexGrammar extends Grammar<Expression> {

    /** The functions that may have indices before their arguments, which they bind. */
    private static final List<String> OVER_INDICES = List.of("sum", "det", "logdet", "inv");

    private final Variables variables;
    private final Fresh fresh;

    IndexGrammar(Tokens tokens, Variables variables, Fresh fresh) {
        super(tokens);
        this.variables = variables;
        this.fresh = fresh;
    }

    @Override
    Expression term() {
        List<Expression> groups = new ArrayList<>(List.of(group()));
        while (tokens.take("*") || startsOperand()) {
            groups.add(group());
        }
        Set<Index> once = new LinkedHashSet<>();
        Set<Index> seen = new LinkedHashSet<>();
        groups.stream().flatMap(group -> occurrences(group).stream()).forEach(index -> {
            if (seen.add(index)) {
                once.add(index);
            } else {
                once.remove(index);
            }
        });
        return groups.size() == 1 && once.size() == seen.size() ? groups.get(0) : new Contraction(1, groups, once);
    }

    private boolean startsOperand() {
        Token next = tokens.peek();
        return next.kind() == Kind.NUMBER || next.kind() == Kind.NAME || next.is("(");
    }

    private static List<Index> occurrences(Expression group) {
        return group instanceof Variable variable ? variable.at() : List.copyOf(group.indices());
    }

    private Expression group() {
        Expression group = signed();
        while (List.of(".*", "./", "/").contains(tokens.peek().text())) {
            boolean multiplies = tokens.next().is(".*");
            Expression right = signed();
            group = multiplies ? group.times(right) : group.over(right);
        }
        return group;
    }

    @Override
    Expression add(Token operator, Expression left, Expression right) {
        return left.plus(right);
    }

    @Override
    Expression negate(Expression operand) {
        return operand.times(-1);
    }

    @Override
    Expression raise(Token operator, Expression base, double exponent) {
        return base.power(exponent);
    }

    @Override
    Expression value(Expression operand) {
        return operand;
    }

    @Override
    Expression postfix() {
        if (tokens.take("(")) {
            return closed();
        }
        Token token = tokens.peek();
        if (token.kind() == Kind.NUMBER) {
            return number(tokens.next());
        }
        if (token.kind() != Kind.NAME) {
            throw tokens.unexpected(OPERAND);
        }
        tokens.next();
        if (tokens.take("(")) {
            return function(token);
        }
        List<Index> at = subscript();
        if (!at.isEmpty() && OVER_INDICES.contains(token.text()) && tokens.take("(")) {
            return over(token, at);
        }
        if (token.text().equals("delta") || token.text().equals("δ")) {
            requireTwo(token, at);
            return Unsized.identity(at.get(0), at.get(1));
        }
        return variable(token, at);
    }

    private Expression number(Token number) {
        List<Index> at = subscript();
        Expression value = Expression.constant(Double.parseDouble(number.text()));
        for (Index index : at) {
            value = value.times(Unsized.ones(index));
        }
        return value;
    }

    private Expression variable(Token name, List<Index> at) {
        int rank = variables.rank(name.text()).orElse(at.size());
        if (rank != at.size()) {
            throw tokens.error(
                    name,
                    name + " has " + count(at.size()) + " here but is " + Variables.kind(rank),
                    "fix: give it " + count(rank));
        }
        return new Variable(name.text(), at);
    }

    private static String count(int indices) {
        return indices + (indices == 1 ? " index" : " indices");
    }

    /** sum_i(u), and det_ij(u) or inv_ij(u)_kl for a matrix written with indices. */
    private Expression over(Token name, List<Index> at) {
        Supplier<Expression> argument = this::closed;
        return switch (name.text()) {
            case "sum" -> {
                Token start = tokens.peek();
                Expression u = argument.get();
                if (!u.indices().containsAll(at)) {
                    throw tokens.error(
                            start, "cannot sum over " + at, "expected indices among the free indices " + u.indices());
                }
                yield u.sum(at.toArray(Index[]::new));
            }
            case "det", "logdet", "inv" -> {
                requireTwo(name, at);
                yield ofMatrix(name, Matrix.of(argument.get(), at.get(0), at.get(1)));
            }
            default ->
                throw tokens.error(name, name + " takes no index", "expected sum_i, det_ij, logdet_ij or inv_ij");
        };
    }

    private Expression function(Token name) {
        if (Kinds.OF_MATRICES.contains(name.text())) {
            MatrixGrammar matrices = new MatrixGrammar(tokens, variables, fresh);
            if (!List.of("det", "logdet", "inv").contains(name.text())) {
                return new MatrixFunctions(tokens, fresh)
                        .apply(name, matrices::closed)
                        .value();
            }
            return ofMatrix(name, matrices.closed());
        }
        if (name.text().equals("sqrt")) {
            return closed().power(0.5);
        }
        return closed().map(ElementFunction.named(name.text())
                .orElseThrow(() -> tokens.error(
                        name,
                        "unknown function " + name,
                        "expected one of " + ElementFunction.symbols() + ", sqrt, sum_i, tr, det, logdet, inv")));
    }

    private Expression ofMatrix(Token name, Matrix u) {
        if (!u.isMatrix()) {
            throw tokens.error(name, name + " does not take " + u.kind(), "expected a matrix");
        }
        Index row = u.row().orElseThrow();
        Index column = u.column().orElseThrow();
        if (name.text().equals("inv")) {
            List<Index> at = subscript();
            requireTwo(name, at);
            return new Inverse(u.value(), row, column, at.get(0), at.get(1));
        }
        return name.text().equals("det")
                ? new Determinant(u.value(), row, column)
                : new LogDeterminant(u.value(), row, column);
    }

    private void requireTwo(Token name, List<Index> at) {
        if (at.size() != 2) {
            throw tokens.error(name, name + " has " + count(at.size()), "expected two, as in " + name.text() + "_ij");
        }
    }

    /**
     * The indices after "_", each a letter with digits; braces contain several, separated by spaces. Empty without "_".
     */
    private List<Index> subscript() {
        List<Index> at = new ArrayList<>();
        if (tokens.take("_")) {
            boolean braces = tokens.take("{");
            do {
                Token names = tokens.peek();
                if (names.kind() != Kind.NAME) {
                    throw tokens.unexpected("expected an index, such as i");
                }
                tokens.next();
                for (String name : names.text().split("(?=\\p{L})", -1)) {
                    at.add(Index.of(name));
                }
            } while (braces && !tokens.take("}"));
        }
        at.forEach(fresh::reserve);
        return at;
    }
}
