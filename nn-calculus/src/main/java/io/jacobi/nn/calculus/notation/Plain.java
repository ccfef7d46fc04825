package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/** Plain text, as the parsers read it. */
final class Plain implements Style {

    /** The symbol between factors in index notation. */
    private final String times;

    Plain() {
        this(" ");
    }

    Plain(String times) {
        this.times = times;
    }

    @Override
    public String number(double value) {
        return Numbers.text(value);
    }

    @Override
    public String exponent(double value) {
        String text = Numbers.text(value);
        return text.contains("/") && !text.startsWith("(") ? parentheses(text) : text;
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public String name(String variable) {
        return variable;
    }

    @Override
    public String at(String name, List<Index> indices) {
        return name + (indices.isEmpty() ? "" : "_" + letters(indices));
    }

    private static String letters(List<Index> indices) {
        return indices.stream().map(Index::name).collect(Collectors.joining());
    }

    @Override
    public String delta(Index first, Index second) {
        return at("δ", List.of(first, second));
    }

    @Override
    public String juxtaposed(List<String> factors) {
        return String.join(times, factors);
    }

    @Override
    public String product(List<String> factors) {
        return String.join("*", factors);
    }

    @Override
    public String elementwise(List<String> factors) {
        return String.join(" .* ", factors);
    }

    @Override
    public String quotient(String numerator, String denominator) {
        return numerator + " / " + denominator;
    }

    @Override
    public String elementwiseQuotient(String numerator, String denominator) {
        return numerator + " ./ " + denominator;
    }

    @Override
    public String power(String base, String exponent) {
        return base + "^" + exponent;
    }

    @Override
    public String elementwisePower(String base, String exponent) {
        return base + ".^" + exponent;
    }

    @Override
    public String function(String symbol, String argument) {
        return symbol + "(" + argument + ")";
    }

    @Override
    public String transposed(String matrix) {
        return matrix + "'";
    }

    @Override
    public String sumOver(List<Index> indices, String term) {
        return at("sum", indices) + "(" + term + ")";
    }

    @Override
    public String parentheses(String inside) {
        return "(" + inside + ")";
    }

    @Override
    public String identity() {
        return "I";
    }

    @Override
    public String ones() {
        return "ones";
    }

    @Override
    public String size(String variable, int rank, int axis) {
        if (rank > 2) {
            return "length(" + variable + ", " + axis + ")";
        }
        return rank == 1 ? "length(" + variable + ")" : (axis == 0 ? "rows(" : "columns(") + variable + ")";
    }

    @Override
    public boolean hasFractions() {
        return false;
    }
}
