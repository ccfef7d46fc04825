package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Simplifier;
import io.jacobi.nn.calculus.notation.Token.Kind;

/**
 * The part of the grammar that both notations share: sums of terms, signs, powers and parentheses.
 *
 * <pre>
 * sum    = term {("+" | "-") term}
 * signed = ["-"] power
 * power  = postfix [("^" | ".^") signed]
 * </pre>
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
            throw tokens.unexpected("expected an operator, + - * / .* ./, or the end");
        }
        return all;
    }

    final T sum() {
        T sum = term();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.next();
            T right = term();
            sum = add(operator, sum, operator.is("-") ? negate(right) : right);
        }
        return sum;
    }

    final T signed() {
        if (tokens.take("-")) {
            return negate(signed());
        }
        T base = postfix();
        if (tokens.peek().is("^") || tokens.peek().is(".^")) {
            Token operator = tokens.next();
            Token start = tokens.peek();
            Expression exponent = Simplifier.simplify(value(signed()));
            if (!(exponent instanceof Constant constant)) {
                throw tokens.error(
                        start,
                        "this exponent is not a number",
                        "expected a number such as 2, -1 or 0.5"
                                + "\n  fix: write exp(b*log(a)) for a power with a variable exponent");
            }
            return raise(operator, base, constant.value());
        }
        return base;
    }

    /** Reads a sum in parentheses whose opening parenthesis has been read. */
    final T closed() {
        T inside = sum();
        tokens.expect(")");
        return inside;
    }

    abstract T term();

    abstract T postfix();

    abstract T add(Token operator, T left, T right);

    abstract T negate(T operand);

    abstract T raise(Token operator, T base, double exponent);

    abstract Expression value(T operand);
}
