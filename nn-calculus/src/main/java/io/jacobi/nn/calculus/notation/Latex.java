package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** LaTeX with the commands of amsmath. */
final class Latex implements Style {

    private static final Set<String> GREEK = Set.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho",
            "sigma", "tau", "phi", "chi", "psi", "omega");
    private static final Map<String, String> FUNCTIONS = Map.of(
            "exp", "\\exp", "log", "\\log", "sin", "\\sin", "cos", "\\cos", "tanh", "\\tanh", "det", "\\det", "sigmoid",
            "\\sigma");

    @Override
    public String name(String variable) {
        if (GREEK.contains(variable)) {
            return "\\" + variable;
        }
        return variable.length() == 1 ? variable : "\\mathrm{" + variable + "}";
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
