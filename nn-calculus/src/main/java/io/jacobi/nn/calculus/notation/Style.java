package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import java.util.List;

/** The signs of a notation: plain text, which can be read again, or LaTeX. */
interface Style {

    /** A variable's name. */
    String name(String variable);

    /** Something at indices: x_i. */
    String at(String name, List<Index> indices);

    String delta(Index first, Index second);

    /** The product in index notation, where nothing stands between factors. */
    String juxtaposed(List<String> factors);

    /** The matrix product. */
    String product(List<String> factors);

    /** The product element by element. */
    String elementwise(List<String> factors);

    /** a / b of numbers, or of something and a number. */
    String quotient(String numerator, String denominator);

    /** a / b element by element. */
    String elementwiseQuotient(String numerator, String denominator);

    String power(String base, String exponent);

    /** The power of each element. */
    String elementwisePower(String base, String exponent);

    String function(String symbol, String argument);

    String transposed(String matrix);

    String sumOver(List<Index> indices, String term);

    String parentheses(String inside);

    String identity();

    String ones();

    /** The length of an axis of a variable with so many axes. */
    String size(String variable, int rank, int axis);

    /** Whether a quotient shows by itself what is above and below, so that neither needs parentheses. */
    boolean hasFractions();
}
