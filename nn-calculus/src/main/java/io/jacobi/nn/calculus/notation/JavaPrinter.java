package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Numbers;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Power;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints Java code that computes an expression, one array after another; a repeated subexpression only once. */
public final class JavaPrinter implements Cases<JavaPrinter.Value> {

    /** The Java expression of a value, and its axes. */
    record Value(String code, List<Index> axes) {}

    /** None of these calls changes its argument: erf of ND4J M2.1 would, so it gets a copy. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("exp", "Transforms.exp(%s, true)"),
            Map.entry("log", "Transforms.log(%s, true)"),
            Map.entry("sin", "Transforms.sin(%s, true)"),
            Map.entry("cos", "Transforms.cos(%s, true)"),
            Map.entry("tanh", "Transforms.tanh(%s, true)"),
            Map.entry("sigmoid", "Transforms.sigmoid(%s, true)"),
            Map.entry("softplus", "Transforms.softPlus(%s, true)"),
            Map.entry("erf", "Nd4j.math().erf(%s.dup())"),
            Map.entry("relu", "Transforms.relu(%s, true)"),
            Map.entry("abs", "Transforms.abs(%s, true)"),
            Map.entry("step", "%s.gt(0).castTo(DataType.DOUBLE)"),
            Map.entry("sign", "Transforms.sign(%s, true)"));

    private final Map<Expression, Value> known = new HashMap<>();
    private final Map<String, String> lines = new LinkedHashMap<>();

    private JavaPrinter() {}

    /**
     * A static method of all variables, in alphabetical order. It uses Einsum, DataType, INDArray, Nd4j and Transforms.
     */
    public static String method(String name, Expression expression, List<Index> axes, Variables variables) {
        JavaPrinter printer = new JavaPrinter();
        Value value = printer.ordered(printer.of(expression), axes);
        String parameters = variables.ranks().keySet().stream()
                .sorted()
                .map(variable -> "INDArray " + variable)
                .collect(Collectors.joining(", "));
        StringBuilder code = new StringBuilder("static INDArray " + name + "(" + parameters + ") {\n");
        printer.lines.forEach((code1, variable) -> code.append("    INDArray " + variable + " = " + code1 + ";\n"));
        return code.append("    return " + value.code() + ";\n}\n").toString();
    }

    private Value of(Expression expression) {
        Value before = known.get(expression);
        if (before == null) {
            before = expression.accept(this);
            known.put(expression, before);
        }
        return before;
    }

    /** Adds a line that assigns the value to a local variable. */
    private Value keep(String code, List<Index> axes) {
        return new Value(lines.computeIfAbsent(code, unknown -> "t" + (lines.size() + 1)), axes);
    }

    private Value ordered(Value value, List<Index> axes) {
        return value.axes().equals(axes) ? value : einsum(List.of(value), axes);
    }

    private Value einsum(List<Value> factors, List<Index> axes) {
        Map<Index, Character> letters = new HashMap<>();
        String operands =
                factors.stream().map(factor -> spell(factor.axes(), letters)).collect(Collectors.joining(","));
        String arrays = factors.stream().map(Value::code).collect(Collectors.joining(", "));
        return keep("Einsum.of(\"" + operands + "->" + spell(axes, letters) + "\").evaluate(" + arrays + ")", axes);
    }

    private static String spell(List<Index> indices, Map<Index, Character> letters) {
        return indices.stream()
                .map(index -> letters.computeIfAbsent(index, unknown -> (char) ('i' + letters.size()))
                        .toString())
                .collect(Collectors.joining());
    }

    @Override
    public Value variable(Variable variable) {
        Value whole = new Value(variable.name(), variable.at());
        List<Index> distinct = List.copyOf(variable.indices());
        return distinct.size() == variable.at().size() ? whole : einsum(List.of(whole), distinct);
    }

    @Override
    public Value constant(Constant constant) {
        return new Value("Nd4j.scalar(" + constant.value() + ")", List.of());
    }

    private static String length(Dimension dimension) {
        return dimension.variable() + ".size(" + dimension.axis() + ")";
    }

    @Override
    public Value delta(Delta delta) {
        return keep(
                "Nd4j.eye(" + length(delta.length()) + ").castTo(DataType.DOUBLE)",
                List.of(delta.first(), delta.second()));
    }

    @Override
    public Value ones(Ones ones) {
        return keep("Nd4j.ones(DataType.DOUBLE, " + length(ones.length()) + ")", List.of(ones.index()));
    }

    @Override
    public Value size(Size size) {
        return new Value("Nd4j.scalar((double) " + length(size.dimension()) + ")", List.of());
    }

    @Override
    public Value contraction(Contraction contraction) {
        if (contraction.factors().isEmpty()) {
            return constant(new Constant(contraction.scale()));
        }
        List<Value> factors = contraction.factors().stream().map(this::of).toList();
        boolean single = factors.size() == 1 && contraction.summed().isEmpty();
        Value product = single ? factors.get(0) : einsum(factors, List.copyOf(contraction.indices()));
        return contraction.scale() == 1
                ? product
                : keep(product.code() + ".mul(" + Numbers.text(contraction.scale()) + ")", product.axes());
    }

    @Override
    public Value sum(Sum sum) {
        List<Value> terms = new ArrayList<>();
        List<Index> axes = of(sum.terms().get(0)).axes();
        sum.terms().forEach(term -> terms.add(ordered(of(term), axes)));
        String more =
                terms.stream().skip(1).map(term -> ".add(" + term.code() + ")").collect(Collectors.joining());
        return keep(terms.get(0).code() + more, axes);
    }

    @Override
    public Value mapped(Mapped mapped) {
        Value argument = of(mapped.argument());
        String code = mapped.function() instanceof Power power
                ? String.format(Locale.ROOT, "Transforms.pow(%s, %s, true)", argument.code(), power.exponent())
                : String.format(
                        Locale.ROOT, FUNCTIONS.getOrDefault(mapped.function().symbol(), "%s"), argument.code());
        return keep(code, argument.axes());
    }

    private Value matrix(Expression argument, Index row, Index column) {
        return ordered(of(argument), List.of(row, column));
    }

    @Override
    public Value determinant(Determinant of) {
        return keep(
                "Nd4j.linalg().matrixDeterminant("
                        + matrix(of.argument(), of.row(), of.column()).code() + ")",
                List.of());
    }

    @Override
    public Value logDeterminant(LogDeterminant of) {
        Value matrix = matrix(of.argument(), of.row(), of.column());
        return keep(
                "Transforms.log(Transforms.abs(Nd4j.linalg().matrixDeterminant(" + matrix.code() + "), true), true)",
                List.of());
    }

    @Override
    public Value inverse(Inverse inverse) {
        Value matrix = matrix(inverse.argument(), inverse.from(), inverse.to());
        Value whole =
                keep("Nd4j.linalg().matrixInverse(" + matrix.code() + ")", List.of(inverse.row(), inverse.column()));
        return inverse.row().equals(inverse.column()) ? einsum(List.of(whole), List.of(inverse.row())) : whole;
    }
}
