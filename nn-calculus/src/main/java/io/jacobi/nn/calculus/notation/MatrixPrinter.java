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
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Power;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prints an expression with given rows and columns in matrix notation, if it has one: the expression and every
 * intermediate result must have at most two axes.
 */
public final class MatrixPrinter implements Cases<Optional<Text>> {

    private final List<Index> axes;
    private final Map<String, Integer> ranks;
    private final Style style;

    private MatrixPrinter(List<Index> axes, Map<String, Integer> ranks, Style style) {
        this.axes = axes;
        this.ranks = ranks;
        this.style = style;
    }

    /** Plain text that can be read again; empty if the expression has no matrix notation. */
    public static Optional<String> plain(Expression expression, List<Index> axes, Variables variables) {
        return of(expression, axes, variables.ranks(), new Plain());
    }

    public static Optional<String> latex(Expression expression, List<Index> axes, Variables variables) {
        return of(expression, axes, variables.ranks(), new Latex());
    }

    static Optional<String> of(Expression expression, List<Index> axes, Map<String, Integer> ranks, Style style) {
        return print(expression, axes, ranks, style).map(Text::text);
    }

    static Optional<Text> print(Expression expression, List<Index> axes, Map<String, Integer> ranks, Style style) {
        boolean flat = axes.size() <= 2 && Set.copyOf(axes).equals(expression.indices());
        return flat ? expression.accept(new MatrixPrinter(axes, ranks, style)) : Optional.empty();
    }

    private Optional<Text> print(Expression expression, Index... at) {
        return print(expression, List.of(at), ranks, style);
    }

    @Override
    public Optional<Text> variable(Variable variable) {
        if (variable.at().isEmpty()) {
            return Optional.of(Text.atom(style.name(variable.name())));
        }
        return product(variable);
    }

    @Override
    public Optional<Text> constant(Constant constant) {
        return Optional.of(Text.number(constant.value(), style));
    }

    @Override
    public Optional<Text> delta(Delta delta) {
        return product(delta);
    }

    @Override
    public Optional<Text> ones(Ones ones) {
        return product(ones);
    }

    @Override
    public Optional<Text> size(Size size) {
        String variable = size.dimension().variable();
        int rank = ranks.getOrDefault(variable, 3);
        return rank > 2
                ? Optional.empty()
                : Optional.of(
                        Text.atom(style.size(variable, rank, size.dimension().axis())));
    }

    @Override
    public Optional<Text> contraction(Contraction contraction) {
        if (contraction.scale() == 0) {
            return constant(new Constant(0));
        }
        return new MatrixProduct(contraction, ranks, style).print(axes);
    }

    private Optional<Text> product(Expression factor) {
        return new MatrixProduct(Contraction.product(List.of(factor)), ranks, style).print(axes);
    }

    /** Prints the terms with the same rows and columns; a number represents a matrix filled with it. */
    @Override
    public Optional<Text> sum(Sum sum) {
        boolean[] all = {true};
        Text text = Sums.print(
                sum,
                term -> {
                    Optional<Text> printed =
                            term.indices().isEmpty() ? print(term) : print(term, axes.toArray(Index[]::new));
                    all[0] &= printed.isPresent();
                    return printed.orElse(Text.atom(""));
                },
                style,
                isNumberPlusMatrix(sum));
        return all[0] ? Optional.of(text) : Optional.empty();
    }

    /**
     * Whether ones can be left out: each term has ones for all of its axes or for none, and is a number or a function
     * of elements. In I - 1 the 1 would be read as another identity, so I - ones*ones' is printed.
     */
    private static boolean isNumberPlusMatrix(Sum sum) {
        return sum.terms().stream().allMatch(term -> {
            List<Expression> factors = term instanceof Contraction product ? product.factors() : List.of(term);
            long ones = factors.stream().filter(Ones.class::isInstance).count();
            boolean elements = term.indices().size() < 2
                    || factors.stream()
                            .anyMatch(factor -> !(factor instanceof Delta)
                                    && factor.indices().containsAll(term.indices()));
            return ones == 0 ? elements : ones == term.indices().size();
        });
    }

    @Override
    public Optional<Text> mapped(Mapped mapped) {
        if (mapped.function() instanceof Power) {
            return product(mapped);
        }
        return print(mapped.argument(), axes.toArray(Index[]::new))
                .map(argument -> Text.atom(style.function(mapped.function().symbol(), argument.text())));
    }

    @Override
    public Optional<Text> determinant(Determinant determinant) {
        return print(determinant.argument(), determinant.row(), determinant.column())
                .map(argument -> Text.atom(style.function("det", argument.text())));
    }

    @Override
    public Optional<Text> logDeterminant(LogDeterminant determinant) {
        return print(determinant.argument(), determinant.row(), determinant.column())
                .map(argument -> Text.atom(style.function("logdet", argument.text())));
    }

    @Override
    public Optional<Text> inverse(Inverse inverse) {
        return product(inverse);
    }
}
