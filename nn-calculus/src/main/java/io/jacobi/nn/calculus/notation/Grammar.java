package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Simplifier;
import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the grammar that all notations share: sums of terms, signs, powers and parentheses.
 *
 * <pre>
 * sum    = term {("+" | "-") term}
 * signed = {"-"} power
 * power  = postfix [("^" | ".^") signed]
 * </pre>
 *
 * The operands of a sum or of a product are handed on together, so that a long formula does not become a deep one.
 *
 * @param <T> the result of reading a part of a formula
 */
abstract class Grammar<T> {

    static final String OPERAND = "expected a number, a name, \"(\" or \"-\"";

    final Tokens tokens;

    Grammar(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads the whole formula. */
    final T formula() {
        T all = sum();
        if (tokens.peek().kind() != Kind.END) {
            String products = tokens.withProducts();
            throw tokens.unexpected("expected an operator, + - * / .* ./, or the end"
                    + (tokens.isFormula(products) ? "" : "\n  fix: write " + products));
        }
        return all;
    }

    final T sum() {
        List<T> terms = new ArrayList<>(List.of(term()));
        List<Token> operators = new ArrayList<>();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.next();
            T term = term();
            operators.add(operator);
            terms.add(operator.is("-") ? negate(term) : term);
        }
        return operators.isEmpty() ? terms.get(0) : add(operators, terms);
    }

    final T signed() {
        boolean minus = false;
        while (tokens.take("-")) {
            minus = !minus;
        }
        T power = power();
        return minus ? negate(power) : power;
    }

    private T power() {
        T base = postfix();
        if (tokens.peek().is("^") || tokens.peek().is(".^")) {
            Token operator = tokens.next();
            Token start = tokens.peek();
            T exponent = tokens.nested(this::signed);
            return raise(operator, base, start, exponent);
        }
        return base;
    }

    /** Reads a sum in parentheses whose opening parenthesis has been read. */
    final T closed() {
        return tokens.nested(() -> {
            T inside = sum();
            tokens.expect(")");
            return inside;
        });
    }

    /** The value of an exponent, which starts at a token. */
    final double exponent(Token start, Expression exponent) {
        if (Simplifier.simplify(exponent) instanceof Constant constant) {
            return constant.value();
        }
        throw tokens.error(
                start,
                "this exponent is not a number",
                "expected a number such as 2, -1 or 0.5\n  fix: write "
                        + (start.text().equals("T")
                                ? "x' for a transpose, as in x'*A*x"
                                : "exp(b*log(a)) for a power with a variable exponent"));
    }

    abstract T term();

    abstract T postfix();

    /** The sum of two or more terms; {@code operators} are the tokens between them. */
    abstract T add(List<Token> operators, List<T> terms);

    abstract T negate(T operand);

    abstract T raise(Token operator, T base, Token start, T exponent);
}
