package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import java.util.List;

/** The symbols of a notation: plain text, which can be read again, or LaTeX. */
interface Style {

    /** A variable's name. */
    String name(String variable);

    /** A number that is not negative. */
    String number(double value);

    /** The exponent of a power. */
    String exponent(double value);

    /** Something at indices: x_i. */
    String at(String name, List<Index> indices);

    String delta(Index first, Index second);

    /** The product in index notation, without a symbol between factors. */
    String juxtaposed(List<String> factors);

    /** The matrix product. */
    String product(List<String> factors);

    /** The element-wise product. */
    String elementwise(List<String> factors);

    /** The quotient a / b, where b is a number. */
    String quotient(String numerator, String denominator);

    /** The element-wise quotient a / b. */
    String elementwiseQuotient(String numerator, String denominator);

    String power(String base, String exponent);

    /** The element-wise power. */
    String elementwisePower(String base, String exponent);

    String function(String symbol, String argument);

    String transposed(String matrix);

    String sumOver(List<Index> indices, String term);

    String parentheses(String inside);

    String identity();

    String ones();

    /** The length of an axis of a variable with {@code rank} axes. */
    String size(String variable, int rank, int axis);

    /** Whether the text can be read again, so that it must mean to the reader what was printed. */
    boolean isRead();

    /** Whether quotients are written as fractions, so that numerator and denominator need no parentheses. */
    boolean hasFractions();
}
