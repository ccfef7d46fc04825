package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.List;
import java.util.Optional;

/** Matrix notation: {@code x' * A * x}, {@code sum(exp(x))}, and {@code .* ./ .^} for operations on elements. */
final class MatrixGrammar extends MatrixSyntax<Matrix> {

    private final Fresh fresh;

    MatrixGrammar(Tokens tokens, Variables variables, Fresh fresh) {
        super(tokens, variables);
        this.fresh = fresh;
    }

    @Override
    Matrix multiply(List<Token> operators, List<Matrix> factors) {
        MatrixTerm term = new MatrixTerm(factors.get(0));
        for (int at = 0; at < operators.size(); at++) {
            Token operator = operators.get(at);
            Matrix right = factors.get(at + 1);
            requireDefined(operator, term.form(), right.form(), name(right.isMatrix() ? factors.get(at) : right));
            switch (operator.text()) {
                case "*" -> term.times(right);
                case ".*" -> term.timesElements(right);
                default -> term.timesElements(right.with(right.value().power(-1)));
            }
        }
        return term.product();
    }

    private void requireDefined(Token operator, Form left, Form right, String vector) {
        if (left.combined(operator.text(), right).isEmpty()) {
            throw tokens.error(
                    operator,
                    left + " " + operator.text() + " " + right + " is not defined",
                    "fix: " + fix(operator, left, right, vector));
        }
    }

    private static String fix(Token operator, Form left, Form right, String vector) {
        boolean vectorAndMatrix =
                (left == Form.MATRIX && right.isVector()) || (left.isVector() && right == Form.MATRIX);
        return switch (operator.text()) {
            case "*" ->
                left == Form.COLUMN && right == Form.COLUMN
                        ? "write x' * y for the inner product, x * y' for the outer, x .* y element by element"
                        : "transpose one of them with '";
            case "+", "-" ->
                vectorAndMatrix
                        ? "write ones*" + vector + "' to add it to each row, " + vector + "*ones' to each column"
                        : "make both the same kind, for example with ' or x*ones'";
            case ".*" ->
                vectorAndMatrix
                        ? "multiply by diag(" + vector + ") from the right to scale the columns, from the left the rows"
                        : "make both the same kind, for example with ' or x*ones'";
            case "/" -> "write ./ to divide element by element, or inv(A) * x";
            default -> "make both the same kind, for example with ' or x*ones'";
        };
    }

    /** A number can be added to any operand; the others must have the same form. */
    @Override
    Matrix add(List<Token> operators, List<Matrix> terms) {
        Form form = terms.get(0).form();
        String vector = name(terms.get(0));
        for (int at = 0; at < operators.size(); at++) {
            Matrix term = terms.get(at + 1);
            Form right = term.form();
            requireDefined(operators.get(at), form, right, right == Form.MATRIX ? vector : name(term));
            vector = form.isVector() ? vector : name(term);
            form = form == Form.NUMBER ? right : form;
        }
        Matrix like =
                terms.stream().filter(term -> !term.isNumber()).findFirst().orElse(terms.get(0));
        return like.with(Sum.of(terms.stream()
                .map(term -> term.isNumber() ? term.value() : term.along(like))
                .toList()));
    }

    /** The name of a variable or of its negative, for messages; x for anything else. */
    private static String name(Matrix term) {
        Expression value = term.value() instanceof Contraction negative
                        && negative.factors().size() == 1
                ? negative.factors().get(0)
                : term.value();
        return value instanceof Variable variable ? Excerpt.of(variable.name(), 30) : "x";
    }

    @Override
    Matrix negate(Matrix operand) {
        return operand.with(operand.value().times(-1));
    }

    @Override
    Matrix raise(Token operator, Matrix base, Token start, Matrix power) {
        double exponent = exponent(start, power.value());
        if (operator.is("^") && base.isMatrix() && exponent == -1) {
            return inverse(base);
        }
        if (operator.is("^") && !base.isNumber()) {
            throw tokens.error(
                    operator,
                    base.form() + " cannot be raised to a power with ^",
                    "fix: write .^ for the power of each element"
                            + (base.isMatrix()
                                    ? ", A*A for a matrix product, A^-1 or inv(A) for the inverse"
                                    : ", or norm2(x)^2"));
        }
        return base.with(base.value().power(exponent));
    }

    private Matrix inverse(Matrix of) {
        Index row = fresh.next();
        Index column = fresh.next();
        Inverse inverse =
                new Inverse(of.value(), of.row().orElseThrow(), of.column().orElseThrow(), row, column);
        return Matrix.of(inverse, row, column);
    }

    @Override
    Matrix transposed(Matrix operand) {
        return operand.transposed();
    }

    @Override
    Matrix number(Token number) {
        return Matrix.number(Expression.constant(tokens.value(number)));
    }

    @Override
    Matrix length(Dimension dimension) {
        return Matrix.number(new Size(dimension));
    }

    @Override
    Matrix function(Token name) {
        return new MatrixFunctions(tokens, fresh).apply(name, this::closed);
    }

    @Override
    Matrix named(Token name) {
        Optional<Integer> rank = variables.rank(name.text());
        if (rank.isEmpty() && name.text().equals("I")) {
            Index row = fresh.next();
            Index column = fresh.next();
            return Matrix.of(Unsized.identity(row, column), row, column);
        }
        if (rank.isEmpty() && name.text().equals("ones")) {
            Index row = fresh.next();
            return Matrix.vector(Unsized.ones(row), row);
        }
        return switch (rank.orElseThrow(() -> unknown(name))) {
            case 0 -> Matrix.number(Expression.variable(name.text()));
            case 1 -> {
                Index row = fresh.next();
                yield Matrix.vector(Expression.variable(name.text(), row), row);
            }
            case 2 -> {
                Index row = fresh.next();
                Index column = fresh.next();
                yield Matrix.of(Expression.variable(name.text(), row, column), row, column);
            }
            default ->
                throw tokens.error(
                        name, name + " has more than two axes", "fix: write the formula with indices, as in x_i A_ijk");
        };
    }

    private SyntaxException unknown(Token name) {
        return tokens.error(
                name,
                "unknown variable " + name,
                "expected one of " + Excerpt.names(variables.ranks().keySet()));
    }
}
