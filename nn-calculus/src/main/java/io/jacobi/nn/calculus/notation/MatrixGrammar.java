package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Matrix notation: {@code x' * A * x}, {@code sum(exp(x))}, and {@code .* ./ .^} for operations on elements.
 *
 * <pre>
 * term    = signed {("*" | "/" | ".*" | "./") signed}
 * postfix = operand {"'" | "ᵀ"}
 * operand = number | variable | function "(" sum ")" | "(" sum ")" | "I" | "ones"
 * </pre>
 */
final class MatrixGrammar extends Grammar<Matrix> {

    private final Variables variables;
    private final Fresh fresh;

    MatrixGrammar(Tokens tokens, Variables variables, Fresh fresh) {
        super(tokens);
        this.variables = variables;
        this.fresh = fresh;
    }

    @Override
    Matrix term() {
        Matrix product = signed();
        while (List.of("*", "/", ".*", "./").contains(tokens.peek().text())) {
            Token operator = tokens.next();
            Matrix right = signed();
            product = multiply(operator, product, right);
        }
        return product;
    }

    private Matrix multiply(Token operator, Matrix left, Matrix right) {
        switch (operator.text()) {
            case "*" -> {
                if (!left.canMultiply(right)) {
                    throw mismatch(
                            operator,
                            left,
                            right,
                            left.isColumn() && right.isColumn()
                                    ? "write x' * y for the inner product, x * y' for the outer, x .* y element by element"
                                    : "transpose one of them with '");
                }
                return left.times(right);
            }
            case "/" -> {
                if (!right.isNumber()) {
                    throw mismatch(operator, left, right, "write ./ to divide element by element, or inv(A) * x");
                }
                return left.with(left.value().over(right.value()));
            }
            default -> {
                Matrix divisor = operator.is("./") ? right.with(right.value().power(-1)) : right;
                return elements(operator, left, divisor, Expression::times);
            }
        }
    }

    private interface Operation {
        Expression of(Expression left, Expression right);
    }

    /** Combines two operands element by element; a number can be combined with any operand. */
    private Matrix elements(Token operator, Matrix left, Matrix right, Operation operation) {
        if (left.isNumber()) {
            return right.with(operation.of(left.value(), right.value()));
        }
        if (right.isNumber()) {
            return left.with(operation.of(left.value(), right.value()));
        }
        if (!left.fits(right)) {
            throw mismatch(operator, left, right, "make both the same kind, for example with ' or x*ones'");
        }
        return left.with(operation.of(left.value(), right.along(left)));
    }

    private SyntaxException mismatch(Token operator, Matrix left, Matrix right, String fix) {
        return tokens.error(
                operator, left.kind() + " " + operator.text() + " " + right.kind() + " is not defined", "fix: " + fix);
    }

    @Override
    Matrix add(Token operator, Matrix left, Matrix right) {
        return elements(operator, left, right, Expression::plus);
    }

    @Override
    Matrix negate(Matrix operand) {
        return operand.with(operand.value().times(-1));
    }

    @Override
    Matrix raise(Token operator, Matrix base, double exponent) {
        if (operator.is("^") && base.isMatrix() && exponent == -1) {
            return inverse(base);
        }
        if (operator.is("^") && !base.isNumber()) {
            throw tokens.error(
                    operator,
                    base.kind() + " cannot be raised to a power with ^",
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
    Expression value(Matrix operand) {
        return operand.value();
    }

    @Override
    Matrix postfix() {
        Matrix operand = operand();
        while (tokens.take("'") || tokens.take("ᵀ")) {
            operand = operand.transposed();
        }
        return operand;
    }

    private Matrix operand() {
        if (tokens.take("(")) {
            return closed();
        }
        Token token = tokens.peek();
        if (token.kind() == Kind.NUMBER) {
            return Matrix.number(
                    Expression.constant(Double.parseDouble(tokens.next().text())));
        }
        if (token.kind() != Kind.NAME) {
            throw tokens.unexpected(OPERAND);
        }
        tokens.next();
        if (tokens.take("(")) {
            return new MatrixFunctions(tokens, fresh).apply(token, this::closed);
        }
        return named(token);
    }

    private Matrix named(Token name) {
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
        return switch (rank.orElseThrow(() -> tokens.error(
                name,
                "unknown variable " + name,
                "expected one of " + variables.ranks().keySet()))) {
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
}
