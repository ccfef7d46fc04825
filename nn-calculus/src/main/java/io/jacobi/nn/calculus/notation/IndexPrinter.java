package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Indices;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Power;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.Text.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints any expression in index notation. */
public final class IndexPrinter implements Cases<Text> {

    private final Style style;
    private final Map<String, Integer> ranks;
    private final Set<Index> taken;

    private IndexPrinter(Expression whole, Style style, Map<String, Integer> ranks) {
        this.style = style;
        this.ranks = ranks;
        this.taken = Indices.everywhere(whole);
    }

    /**
     * Plain text that reads back to an expression with the same value. Only the length of {@code 1_i} or {@code δ_ij} is
     * lost if no other factor or term has the index.
     */
    public static String plain(Expression expression, Variables variables) {
        String text = print(expression, new Plain(), variables);
        // without any index it is read as matrix notation, in which a product needs a symbol
        return text.contains("_") ? text : print(expression, new Plain("*"), variables);
    }

    public static String latex(Expression expression, Variables variables) {
        return print(expression, new Latex(), variables);
    }

    private static String print(Expression expression, Style style, Variables variables) {
        return new IndexPrinter(expression, style, variables.ranks())
                .term(expression)
                .text();
    }

    /**
     * The text of an expression that stands alone, as a term or an argument. There, A_ii would be read as a trace, so
     * the diagonal is written with a delta.
     */
    private Text term(Expression expression) {
        return style.isRead() && Occurrences.isDiagonal(expression) && isSubscripted(expression)
                ? diagonal(expression)
                : expression.accept(this);
    }

    private static boolean isSubscripted(Expression expression) {
        return expression instanceof Variable || expression instanceof Delta || expression instanceof Inverse;
    }

    /** A_ii as sum_j(A_ij .* δ_ij). */
    private Text diagonal(Expression subscripted) {
        Set<Index> used = new HashSet<>(taken);
        List<Index> at = new ArrayList<>();
        List<Index> summed = new ArrayList<>();
        List<String> factors = new ArrayList<>();
        for (Index index : Occurrences.of(subscripted)) {
            boolean again = at.contains(index);
            Index other = again ? Index.unlike(used) : index;
            used.add(other);
            at.add(other);
            if (again) {
                summed.add(other);
                factors.add(style.delta(index, other));
            }
        }
        factors.add(0, Occurrences.at(subscripted, at).accept(this).text());
        return Text.atom(style.sumOver(summed, style.elementwise(factors)));
    }

    @Override
    public Text variable(Variable variable) {
        return Text.atom(style.at(style.name(variable.name()), variable.at()));
    }

    @Override
    public Text constant(Constant constant) {
        return Text.number(constant.value(), style);
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
        boolean einstein = isEinstein(contraction, above);
        boolean alone = above.size() == 1 && !einstein;
        List<Text> texts = above.stream()
                .map(factor -> alone ? term(factor) : factor.accept(this))
                .toList();
        List<String> factors =
                texts.stream().map(text -> text.within(Binding.POWER, style)).toList();
        String number = Math.abs(contraction.scale()) == 1 ? "" : style.number(Math.abs(contraction.scale()));
        String product = einstein || factors.size() < 2 ? style.juxtaposed(factors) : elementwise(above, factors);
        if (!number.isEmpty()) {
            product = product.isEmpty() ? number : style.juxtaposed(List.of(number, product));
        }
        boolean trace = einstein && !below.isEmpty() && above.stream().anyMatch(Occurrences::isDiagonal);
        if (trace && style.isRead()) {
            product = style.parentheses(product); // in A_ii / s, the quotient would come before the sum
        }
        for (String divisor : below) {
            product = style.quotient(product.isEmpty() ? "1" : product, divisor);
        }
        boolean minus = contraction.scale() < 0;
        Binding binding = Binding.PRODUCT;
        if (!einstein && !contraction.summed().isEmpty()) {
            boolean bare = alone && number.isEmpty() && below.isEmpty() && !style.hasFractions();
            String inside = bare ? texts.get(0).text() : product; // sum_i(...) has its own parentheses
            product = style.sumOver(contraction.summed().stream().sorted().toList(), inside);
            binding = style.hasFractions() ? Binding.PRODUCT : Binding.ATOM;
        }
        return new Text(minus ? "-" + product : product, minus ? Binding.SUM : binding);
    }

    /** Numbers first, side by side; among indices the symbol says that none is summed. */
    private String elementwise(List<Expression> above, List<String> factors) {
        if (style.isRead()) {
            return style.elementwise(factors);
        }
        List<String> numbers = new ArrayList<>();
        List<String> elements = new ArrayList<>();
        for (int at = 0; at < factors.size(); at++) {
            (above.get(at).indices().isEmpty() ? numbers : elements).add(factors.get(at));
        }
        if (!elements.isEmpty()) {
            numbers.add(style.elementwise(elements));
        }
        return style.juxtaposed(numbers);
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
        return Occurrences.free(factors).equals(contraction.indices());
    }

    @Override
    public Text sum(Sum sum) {
        return Sums.print(sum, this::term, style, true);
    }

    @Override
    public Text mapped(Mapped mapped) {
        if (!(mapped.function() instanceof Power power)) {
            return Text.atom(style.function(
                    mapped.function().symbol(), term(mapped.argument()).text()));
        }
        if (power.exponent() == 0.5) {
            return Text.atom(style.function("sqrt", term(mapped.argument()).text()));
        }
        Text base = mapped.argument().accept(this);
        return new Text(style.power(base.within(Binding.ATOM, style), style.exponent(power.exponent())), Binding.POWER);
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
                        + style.parentheses(term(argument).text()));
    }
}
