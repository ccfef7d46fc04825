package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.notation.FormTree.Applied;
import io.jacobi.nn.calculus.notation.FormTree.Combined;
import io.jacobi.nn.calculus.notation.FormTree.Known;
import io.jacobi.nn.calculus.notation.FormTree.Open;
import java.util.List;
import java.util.Set;

/** Reads a formula in matrix notation before it is known which of its names are numbers. */
final class FormGrammar extends MatrixSyntax<FormTree> {

    private final Set<String> open;

    /** The forms of all names follow from {@code variables}, except for the {@code open} names. */
    FormGrammar(Tokens tokens, Variables variables, Set<String> open) {
        super(tokens, variables);
        this.open = open;
    }

    @Override
    FormTree add(List<Token> operators, List<FormTree> terms) {
        return multiply(operators, terms);
    }

    @Override
    FormTree multiply(List<Token> operators, List<FormTree> factors) {
        return new Combined(operators.stream().map(Token::text).toList(), factors);
    }

    @Override
    FormTree negate(FormTree operand) {
        return operand;
    }

    @Override
    FormTree raise(Token operator, FormTree base, Token start, FormTree exponent) {
        return operator.is("^") ? new Applied("^", base) : base;
    }

    @Override
    FormTree transposed(FormTree operand) {
        boolean twice = operand instanceof Applied applied && applied.function().equals("'");
        return twice ? ((Applied) operand).argument() : new Applied("'", operand);
    }

    @Override
    FormTree number(Token number) {
        return new Known(Form.NUMBER);
    }

    @Override
    FormTree length(Dimension dimension) {
        return new Known(Form.NUMBER);
    }

    @Override
    FormTree function(Token name) {
        return new Applied(name.text(), closed());
    }

    /** Names that are not declared are I and ones. */
    @Override
    FormTree named(Token name) {
        if (open.contains(name.text())) {
            return new Open(name.text());
        }
        Form undeclared = name.text().equals("I") ? Form.MATRIX : Form.COLUMN;
        return new Known(variables.rank(name.text()).flatMap(Form::ofRank).orElse(undeclared));
    }
}
