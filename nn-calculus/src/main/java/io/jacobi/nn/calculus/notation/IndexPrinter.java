package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
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
import io.jacobi.nn.calculus.notation.Text.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints any expression in index notation. */
public final class IndexPrinter implements Cases<Text> {

    private final Style style;
    private final Map<String, Integer> ranks;

    private IndexPrinter(Style style, Map<String, Integer> ranks) {
        this.style = style;
        this.ranks = ranks;
    }

    /**
     * Plain text that can be read again, unless it contains the length of an axis of an array with more than two axes.
     */
    public static String plain(Expression expression, Variables variables) {
        return expression
                .accept(new IndexPrinter(new Plain(), variables.ranks()))
                .text();
    }

    public static String latex(Expression expression, Variables variables) {
        return expression
                .accept(new IndexPrinter(new Latex(), variables.ranks()))
                .text();
    }

    @Override
    public Text variable(Variable variable) {
        return Text.atom(style.at(style.name(variable.name()), variable.at()));
    }

    @Override
    public Text constant(Constant constant) {
        return new Text(Numbers.text(constant.value()), constant.value() < 0 ? Binding.SUM : Binding.ATOM);
    }

    @Override
    public Text delta(Delta delta) {
        return Text.atom(style.delta(delta.first(), delta.second()));
    }

    @Override
    public Text ones(Ones ones) {
        return Text.atom(style.at("1", List.of(ones.index())));
    }

    @Override
    public Text size(Size size) {
        String variable = size.dimension().variable();
        return Text.atom(style.size(
                variable, ranks.getOrDefault(variable, 1), size.dimension().axis()));
    }

    /** Uses Einstein's convention where it has the same meaning; otherwise the sum is written in full. */
    @Override
    public Text contraction(Contraction contraction) {
        if (contraction.factors().isEmpty() || contraction.scale() == 0) {
            return constant(new Constant(contraction.scale()));
        }
        List<Expression> above = new ArrayList<>();
        List<String> below = new ArrayList<>();
        contraction.factors().forEach(factor -> {
            if (isDivisor(factor)) {
                below.add(inverted((Mapped) factor).accept(this).within(Binding.POWER, style));
            } else {
                above.add(factor);
            }
        });
        List<String> factors = new ArrayList<>();
        boolean einstein = isEinstein(contraction, above);
        above.forEach(factor -> factors.add(factor.accept(this).within(Binding.POWER, style)));
        String number = Math.abs(contraction.scale()) == 1 ? "" : Numbers.text(Math.abs(contraction.scale()));
        String product = einstein || factors.size() < 2 ? style.juxtaposed(factors) : style.elementwise(factors);
        if (!number.isEmpty()) {
            product = product.isEmpty() ? number : style.juxtaposed(List.of(number, product));
        }
        for (String divisor : below) {
            product = style.quotient(product.isEmpty() ? "1" : product, divisor);
        }
        boolean minus = contraction.scale() < 0;
        Binding binding = Binding.PRODUCT;
        if (!einstein && !contraction.summed().isEmpty()) {
            if (factors.size() == 1 && number.isEmpty() && below.isEmpty() && !style.hasFractions()) {
                product = above.get(0).accept(this).text(); // sum_i(...) has its own parentheses
            }
            product = style.sumOver(contraction.summed().stream().sorted().toList(), product);
            binding = style.hasFractions() ? Binding.PRODUCT : Binding.ATOM;
        }
        return new Text(minus ? "-" + product : product, minus ? Binding.SUM : binding);
    }

    private static boolean isDivisor(Expression factor) {
        return factor.indices().isEmpty()
                && factor instanceof Mapped mapped
                && mapped.function() instanceof Power power
                && power.exponent() < 0;
    }

    private static Expression inverted(Mapped mapped) {
        double exponent = -((Power) mapped.function()).exponent();
        return exponent == 1 ? mapped.argument() : mapped.argument().power(exponent);
    }

    private static boolean isEinstein(Contraction contraction, List<Expression> factors) {
        Map<Index, Long> counts = factors.stream()
                .flatMap(factor -> (factor instanceof Variable variable ? variable.at() : factor.indices()).stream())
                .collect(Collectors.groupingBy(index -> index, Collectors.counting()));
        Set<Index> free = contraction.indices();
        return counts.entrySet().stream().allMatch(entry -> free.contains(entry.getKey()) == (entry.getValue() == 1));
    }

    @Override
    public Text sum(Sum sum) {
        return Sums.print(sum, term -> term.accept(this), style, true);
    }

    @Override
    public Text mapped(Mapped mapped) {
        if (!(mapped.function() instanceof Power power)) {
            return Text.atom(style.function(
                    mapped.function().symbol(), mapped.argument().accept(this).text()));
        }
        Text base = mapped.argument().accept(this);
        if (power.exponent() == 0.5) {
            return Text.atom(style.function("sqrt", base.text()));
        }
        return new Text(style.power(base.within(Binding.ATOM, style), Numbers.text(power.exponent())), Binding.POWER);
    }

    @Override
    public Text determinant(Determinant determinant) {
        return Text.atom(matrix("det", determinant.argument(), determinant.row(), determinant.column()));
    }

    @Override
    public Text logDeterminant(LogDeterminant determinant) {
        return Text.atom(matrix("logdet", determinant.argument(), determinant.row(), determinant.column()));
    }

    @Override
    public Text inverse(Inverse inverse) {
        return Text.atom(style.at(
                matrix("inv", inverse.argument(), inverse.from(), inverse.to()),
                List.of(inverse.row(), inverse.column())));
    }

    /**
     * The argument in matrix notation, whose indices cannot be confused with others, or else with its indices named.
     */
    private String matrix(String function, Expression argument, Index row, Index column) {
        return MatrixPrinter.of(argument, List.of(row, column), ranks, style)
                .map(text -> style.function(function, text))
                .orElseGet(() -> style.at(function, List.of(row, column))
                        + style.parentheses(argument.accept(this).text()));
    }
}
