package io.jacobi.nn.calculus.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Functions of NumPy, of MATLAB and of books, written with the functions of this notation. */
final class OtherFunctions {

    /**
     * Names with the number of their arguments. $1 and $2 stand for the arguments as they are, #1 and #2 for the
     * arguments as operands, in parentheses unless they are names or numbers.
     */
    private static final Map<String, String> HERE = Map.ofEntries(
            Map.entry("trace/1", "tr($1)"),
            Map.entry("ln/1", "log($1)"),
            Map.entry("log1p/1", "log(1 + #1)"),
            Map.entry("log2/1", "(log($1) / log(2))"),
            Map.entry("log10/1", "(log($1) / log(10))"),
            Map.entry("expm1/1", "(exp($1) - 1)"),
            Map.entry("square/1", "#1.^2"),
            Map.entry("tan/1", "(sin($1) ./ cos($1))"),
            Map.entry("sinh/1", "(0.5*exp($1) - 0.5*exp(-#1))"),
            Map.entry("cosh/1", "(0.5*exp($1) + 0.5*exp(-#1))"),
            Map.entry("sgn/1", "sign($1)"),
            Map.entry("logistic/1", "sigmoid($1)"),
            Map.entry("sigma/1", "sigmoid($1)"),
            Map.entry("σ/1", "sigmoid($1)"),
            Map.entry("silu/1", "(#1 .* sigmoid($1))"),
            Map.entry("swish/1", "(#1 .* sigmoid($1))"),
            Map.entry("transpose/1", "#1'"),
            Map.entry("inverse/1", "inv($1)"),
            Map.entry("determinant/1", "det($1)"),
            Map.entry("slogdet/1", "logdet($1)"),
            Map.entry("lndet/1", "logdet($1)"),
            Map.entry("frobenius/1", "normF($1)"),
            Map.entry("average/1", "mean($1)"),
            Map.entry("eye/1", "I"),
            Map.entry("ones/1", "ones"),
            Map.entry("Σ/1", "sum($1)"),
            Map.entry("var/1", "mean((#1 - mean($1)).^2)"),
            Map.entry("std/1", "sqrt(mean((#1 - mean($1)).^2))"),
            Map.entry("outer/2", "#1*#2'"),
            Map.entry("matmul/2", "#1*#2"),
            Map.entry("multiply/2", "(#1 .* #2)"),
            Map.entry("hadamard/2", "(#1 .* #2)"),
            Map.entry("solve/2", "inv($1)*#2"),
            Map.entry("pow/2", "#1.^#2"),
            Map.entry("power/2", "#1.^#2"));

    private OtherFunctions() {}

    /** The formula with the functions of this notation; {@code norm} replaces norm, {@code dot} a dot after a vector. */
    static String replaced(String formula, String norm, String dot) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < formula.length()) {
            int end = endOfName(formula, at);
            boolean name = end > at && (at == 0 || formula.charAt(at - 1) != '_');
            int close = name && end < formula.length() && formula.charAt(end) == '(' ? closing(formula, end) : -1;
            if (close < 0) {
                end = Math.max(end, at + 1);
                text.append(formula, at, end);
                at = end;
            } else {
                List<String> arguments = new ArrayList<>();
                split(formula.substring(end + 1, close)).forEach(part -> arguments.add(replaced(part, norm, dot)));
                text.append(call(formula.substring(at, end), arguments, norm, dot));
                at = close + 1;
            }
        }
        return text.toString();
    }

    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length()
                && (Character.isLetter(text.charAt(end)) || (end > start && Character.isDigit(text.charAt(end))))) {
            end++;
        }
        return end;
    }

    /** The place of the parenthesis that closes one; -1 if none does. */
    static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int at = 0; at < arguments.length(); at++) {
            char c = arguments.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(arguments.substring(from, at).strip());
                from = at + 1;
            }
        }
        parts.add(arguments.substring(from).strip());
        return parts;
    }

    private static String call(String name, List<String> arguments, String norm, String dot) {
        String first = arguments.get(0);
        String last = arguments.get(arguments.size() - 1);
        String all = "(" + String.join(", ", arguments) + ")";
        Optional<String> known = MatrixFunctions.NAMES.stream()
                .filter(here -> here.equalsIgnoreCase(name))
                .findFirst();
        String lower = name.equals("Σ") ? name : name.toLowerCase(Locale.ROOT);
        if (lower.equals("norm") && arguments.size() == 1) {
            return norm + all;
        }
        if (lower.matches("f?max(imum)?|f?min(imum)?") && arguments.size() == 2) {
            String operand = first.equals("0") ? last : last.equals("0") ? first : "";
            String positive = lower.contains("max") ? "relu(" + operand + ")" : "(-relu(-" + operand(operand) + "))";
            return operand.isEmpty() ? name + all : positive;
        }
        if (lower.matches("dot|inner") && arguments.size() == 2) {
            boolean matrix = first.matches("\\p{Lu}|.*\\*\\p{Lu}");
            return operand(first) + (matrix ? "*" : dot) + operand(last);
        }
        if (lower.equals("sum") && arguments.size() == 2 && last.matches("axis\\s*=\\s*[01]|0")) {
            return "(" + operand(first) + (last.endsWith("0") ? "'" : "") + "*ones)";
        }
        String here = HERE.get(lower + "/" + arguments.size());
        if (here != null) {
            return here.replace("$1", first)
                    .replace("$2", last)
                    .replace("#1", operand(first))
                    .replace("#2", operand(last));
        }
        boolean factor = known.isEmpty() && name.matches("\\p{Lu}") && arguments.size() == 1;
        return known.orElse(name) + (factor ? "*" : "") + all;
    }

    private static String operand(String argument) {
        return argument.matches("[\\p{L}\\d.]+'?|\\p{L}+\\([^()]*\\)") ? argument : "(" + argument + ")";
    }
}
