package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The syntax of matrix notation, whatever is made of it.
 *
 * <pre>
 * term    = signed {("*" | "/" | ".*" | "./") signed}
 * postfix = operand {"'" | "ᵀ"}
 * operand = number | variable | function "(" sum ")" | "(" sum ")" | "I" | "ones"
 *         | "length" "(" variable "," axis ")"
 * </pre>
 */
abstract class MatrixSyntax<T> extends Grammar<T> {

    private static final Set<String> PRODUCTS = Set.of("*", "/", ".*", "./");

    final Variables variables;

    MatrixSyntax(Tokens tokens, Variables variables) {
        super(tokens);
        this.variables = variables;
    }

    @Override
    final T term() {
        List<T> factors = new ArrayList<>(List.of(signed()));
        List<Token> operators = new ArrayList<>();
        while (PRODUCTS.contains(tokens.peek().text())) {
            operators.add(tokens.next());
            factors.add(signed());
        }
        return operators.isEmpty() ? factors.get(0) : multiply(operators, factors);
    }

    @Override
    final T postfix() {
        T operand = operand();
        while (tokens.take("'") || tokens.take("ᵀ")) {
            operand = transposed(operand);
        }
        return operand;
    }

    private T operand() {
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
        return tokens.take("(") ? call(token) : named(token);
    }

    /** Reads the arguments of a function whose name and opening parenthesis have been read. */
    final T call(Token name) {
        MatrixFunctions.requireKnown(tokens, name);
        boolean ofAxis = name.text().equals("length") && tokens.peek(1).is(",");
        return ofAxis ? length() : function(name);
    }

    /** The variable and the axis in length(T, 2). */
    private T length() {
        Token variable = tokens.next();
        tokens.expect(",");
        Token axis = tokens.next();
        tokens.expect(")");
        int rank = variables.rank(variable.text()).orElse(0);
        if (!axis.text().matches("\\d{1,4}") || Integer.parseInt(axis.text()) >= rank) {
            throw tokens.error(
                    axis,
                    variable + " has no axis " + axis,
                    "expected an axis, counted from 0, of " + Variables.kind(rank) + ", as in length(T, 2)");
        }
        return length(new Dimension(variable.text(), Integer.parseInt(axis.text())));
    }

    /** The product of two or more factors, from left to right; {@code operators} are the tokens between them. */
    abstract T multiply(List<Token> operators, List<T> factors);

    /** The length of an axis as a number. */
    abstract T length(Dimension dimension);

    abstract T transposed(T operand);

    abstract T number(Token number);

    abstract T named(Token name);

    /** A function whose name and opening parenthesis have been read. */
    abstract T function(Token name);
}
