package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Numbers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** LaTeX with the commands of amsmath. */
final class Latex implements Style {

    private static final Map<String, String> FUNCTIONS = Map.of(
            "exp", "\\exp", "log", "\\log", "sin", "\\sin", "cos", "\\cos", "tanh", "\\tanh", "det", "\\det", "sigmoid",
            "\\sigma");

    @Override
    public String name(String variable) {
        return LatexNames.of(variable);
    }

    @Override
    public String number(double value) {
        String text = Numbers.text(value);
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "\\mathrm{NaN}" : "\\infty";
        }
        int slash = text.indexOf('/');
        if (slash > 0) {
            return quotient(text.substring(0, slash), text.substring(slash + 1));
        }
        int exponent = text.indexOf('E');
        return exponent < 0
                ? text
                : text.substring(0, exponent) + " \\cdot " + power("10", text.substring(exponent + 1));
    }

    @Override
    public String exponent(double value) {
        return (value < 0 ? "-" : "") + number(Math.abs(value));
    }

    @Override
    public boolean isRead() {
        return false;
    }

    @Override
    public String at(String name, List<Index> indices) {
        return name + (indices.isEmpty() ? "" : "_{" + letters(indices) + "}");
    }

    private static String letters(List<Index> indices) {
        return indices.stream().map(Latex::letter).collect(Collectors.joining(" "));
    }

    private static String letter(Index index) {
        String name = index.name();
        return name.length() == 1 ? name : name.charAt(0) + "_{" + name.substring(1) + "}";
    }

    @Override
    public String delta(Index first, Index second) {
        return at("\\delta", List.of(first, second));
    }

    @Override
    public String juxtaposed(List<String> factors) {
        return String.join(" \\, ", factors);
    }

    @Override
    public String product(List<String> factors) {
        return String.join(" ", factors);
    }

    @Override
    public String elementwise(List<String> factors) {
        return String.join(" \\odot ", factors);
    }

    @Override
    public String quotient(String numerator, String denominator) {
        return "\\frac{" + numerator + "}{" + denominator + "}";
    }

    @Override
    public String elementwiseQuotient(String numerator, String denominator) {
        return numerator + " \\oslash " + denominator;
    }

    @Override
    public String power(String base, String exponent) {
        return base + "^{" + exponent + "}";
    }

    @Override
    public String elementwisePower(String base, String exponent) {
        return base + "^{\\odot " + exponent + "}";
    }

    @Override
    public String function(String symbol, String argument) {
        return switch (symbol) {
            case "sqrt" -> "\\sqrt{" + argument + "}";
            case "inv" -> parentheses(argument) + "^{-1}";
            case "norm2" -> "\\left\\lVert " + argument + " \\right\\rVert_{2}";
            case "normF" -> "\\left\\lVert " + argument + " \\right\\rVert_{F}";
            case "abs" -> "\\left\\lvert " + argument + " \\right\\rvert";
            case "logdet" -> "\\log\\det" + parentheses(argument);
            default -> FUNCTIONS.getOrDefault(symbol, "\\operatorname{" + symbol + "}") + parentheses(argument);
        };
    }

    @Override
    public String transposed(String matrix) {
        return matrix + "^{\\top}";
    }

    @Override
    public String sumOver(List<Index> indices, String term) {
        return "\\sum_{" + letters(indices) + "} " + term;
    }

    @Override
    public String parentheses(String inside) {
        return "\\left( " + inside + " \\right)";
    }

    @Override
    public String identity() {
        return "I";
    }

    @Override
    public String ones() {
        return "\\mathbf{1}";
    }

    @Override
    public String size(String variable, int rank, int axis) {
        return "n_{" + name(variable) + (rank == 1 ? "" : "," + (axis + 1)) + "}";
    }

    @Override
    public boolean hasFractions() {
        return true;
    }
}
