package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
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
    private static final Set<String> OVER_INDICES = Set.of("sum", "det", "logdet", "inv");

    private static final Set<String> GROUPED = Set.of(".*", "./", "/");
    private static final Set<String> DELTAS = Set.of("delta", "δ");

    private final Variables variables;
    private final Fresh fresh;

    IndexGrammar(Tokens tokens, Variables variables, Fresh fresh) {
        super(tokens);
        this.variables = variables;
        this.fresh = fresh;
    }

    @Override
    Expression term() {
        Token start = tokens.peek();
        List<Expression> groups = new ArrayList<>(List.of(group()));
        while (tokens.take("*") || tokens.peek().startsOperand()) {
            groups.add(group());
        }
        Ambiguity.requireOnceOrTwice(tokens, start, groups);
        boolean single = groups.size() == 1 && !Occurrences.isDiagonal(groups.get(0));
        return single ? groups.get(0) : new Contraction(1, groups, Occurrences.free(groups));
    }

    private Expression group() {
        List<Expression> factors = new ArrayList<>(List.of(signed()));
        while (GROUPED.contains(tokens.peek().text())) {
            boolean multiplies = tokens.next().is(".*");
            Expression right = signed();
            factors.add(multiplies ? right : right.power(-1));
        }
        return factors.size() == 1 ? factors.get(0) : Contraction.product(factors);
    }

    @Override
    Expression add(List<Token> operators, List<Expression> terms) {
        return Sum.of(terms);
    }

    @Override
    Expression negate(Expression operand) {
        return operand.times(-1);
    }

    @Override
    Expression raise(Token operator, Expression base, Token start, Expression power) {
        return base.power(exponent(start, power));
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
        if (isCall(token) && tokens.take("(")) {
            return function(token);
        }
        List<Index> at = subscript();
        boolean apart = !tokens.last().touches(tokens.peek());
        if (!at.isEmpty() && OVER_INDICES.contains(token.text()) && tokens.take("(")) {
            Expression read = over(token, at);
            if (apart) {
                Ambiguity.requireNoPower(tokens, token);
            }
            return read;
        }
        if (token.text().equals("sum") ? !at.isEmpty() : token.text().equals("Σ") && at.size() == 1) {
            // Σ with two indices is a matrix
            throw tokens.error(
                    token,
                    token + " with an index has no argument in parentheses",
                    "expected sum_i(x_i), or sum(x) in matrix notation; an index that occurs twice is summed without it"
                            + ", as in W_ij x_j");
        }
        if (DELTAS.contains(token.text()) && variables.rank(token.text()).isEmpty()) {
            requireTwo(token, at);
            return Unsized.identity(at.get(0), at.get(1));
        }
        return variable(token, at);
    }

    /** Whether a name before "(" is the name of a function, and not a factor of a product as in a (x_i + y_i). */
    private boolean isCall(Token name) {
        boolean variable = variables.rank(name.text()).isPresent();
        return MatrixFunctions.NAMES.contains(name.text()) || !variable;
    }

    private Expression number(Token number) {
        List<Index> at = subscript();
        Expression value = Expression.constant(tokens.value(number));
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
            return name.text().equals("inv")
                    ? ofMatrix(name, matrices.closed())
                    : matrices.call(name).value();
        }
        if (name.text().equals("sqrt")) {
            return closed().power(0.5);
        }
        return closed().map(ElementFunction.named(name.text())
                .orElseThrow(() -> MatrixFunctions.unknown(
                        tokens, name, ElementFunction.symbols() + ", sqrt, sum_i, tr, det, logdet, inv")));
    }

    private Expression ofMatrix(Token name, Matrix u) {
        if (!u.isMatrix()) {
            throw tokens.error(name, name + " does not take " + u.form(), "expected a matrix");
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
                    at.add(index(names, name));
                }
            } while (braces && !tokens.take("}"));
        }
        at.forEach(fresh::reserve);
        return at;
    }

    private Index index(Token names, String name) {
        try {
            return Index.of(name);
        } catch (IllegalArgumentException wrong) {
            throw tokens.error(
                    names,
                    "\"" + name + "\" is not an index",
                    "expected one of a to z, possibly with a number, as in i1");
        }
    }
}
