package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Power;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.Text.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The matrix notation of a contraction: numbers first, then a chain of matrices, then divisors. */
final class MatrixProduct {

    private static final Function SQUARE = new Power(2);

    private final Contraction contraction;
    private final Map<String, Integer> ranks;
    private final Style style;
    private final List<Text> above = new ArrayList<>();
    private final List<String> below = new ArrayList<>();

    MatrixProduct(Contraction contraction, Map<String, Integer> ranks, Style style) {
        this.contraction = contraction;
        this.ranks = ranks;
        this.style = style;
    }

    Optional<Text> print(List<Index> axes) {
        List<Chain> chains = new ArrayList<>();
        for (Expression factor : withNorms()) {
            boolean printable = factor.indices().isEmpty() ? addNumber(factor) : addChain(factor, chains);
            if (!printable) {
                return Optional.empty();
            }
        }
        Chains products = new Chains(chains, contraction.indices(), style);
        return products.assemble(axes).map(chain -> text(chain, products.numbers()));
    }

    private Text text(Chain chain, List<Text> more) {
        double scale = Math.abs(contraction.scale());
        List<Text> numbers = new ArrayList<>(above);
        numbers.addAll(more);
        boolean alone = numbers.isEmpty() && chain.links().isEmpty();
        if (alone) {
            numbers.add(Text.number(scale, style));
        } else if (scale != 1) {
            numbers.add(0, Text.atom(style.number(scale))); // in 1/3*x, the quotient comes first
        }
        Text text = chain.text(numbers, style);
        for (String divisor : below) {
            text = new Text(
                    style.quotient(text.within(style.hasFractions() ? Binding.SUM : Binding.PRODUCT, style), divisor),
                    Binding.PRODUCT);
        }
        return contraction.scale() < 0 ? new Text("-" + text.within(Binding.PRODUCT, style), Binding.SUM) : text;
    }

    /** The factors, with Σ_i u_i² combined into one number, the square of a norm. */
    private List<Expression> withNorms() {
        List<Expression> factors = new ArrayList<>();
        for (Expression factor : contraction.factors()) {
            boolean square = factor instanceof Mapped mapped
                    && mapped.function().equals(SQUARE)
                    && !factor.indices().isEmpty()
                    && factor.indices().size() <= 2
                    && isApart(factor);
            factors.add(square ? factor.sum(factor.indices().toArray(Index[]::new)) : factor);
        }
        return factors;
    }

    /** Whether the factor is summed over all of its indices and shares none with another factor. */
    private boolean isApart(Expression factor) {
        Set<Index> indices = factor.indices();
        return indices.stream().noneMatch(contraction.indices()::contains)
                && contraction.factors().stream()
                        .filter(other -> other != factor)
                        .flatMap(other -> other.indices().stream())
                        .noneMatch(indices::contains);
    }

    private boolean addNumber(Expression factor) {
        if (!(factor instanceof Mapped mapped) || !(mapped.function() instanceof Power power)) {
            Optional<Text> printed = number(factor, 1);
            printed.ifPresent(above::add);
            return printed.isPresent();
        }
        Optional<Text> printed = number(mapped.argument(), Math.abs(power.exponent()));
        printed.ifPresent(text -> {
            if (power.exponent() < 0) {
                below.add(text.within(style.hasFractions() ? Binding.SUM : Binding.POWER, style));
            } else {
                above.add(text);
            }
        });
        return printed.isPresent();
    }

    /** A sum of squares has the notation of a norm or none: as a contraction it would be printed with its norm again. */
    private Optional<Text> number(Expression base, double exponent) {
        return isSquares(base)
                ? norm(((Mapped) ((Contraction) base).factors().get(0)).argument(), exponent)
                : print(base).map(text -> raised(text, exponent));
    }

    private static boolean isSquares(Expression base) {
        return base instanceof Contraction sum
                && sum.scale() == 1
                && sum.indices().isEmpty()
                && sum.factors().size() == 1
                && sum.factors().get(0) instanceof Mapped mapped
                && mapped.function().equals(SQUARE)
                && !mapped.indices().isEmpty();
    }

    private Text raised(Text base, double exponent) {
        if (exponent == 1) {
            return base;
        }
        return exponent == 0.5
                ? Text.atom(style.function("sqrt", base.text()))
                : new Text(style.power(base.within(Binding.ATOM, style), style.exponent(exponent)), Binding.POWER);
    }

    /** (Σ u_i²)ᵖ as a norm, or as x' x if p is 1 and u is a vector variable. */
    private Optional<Text> norm(Expression u, double exponent) {
        List<Index> at = List.copyOf(u.indices());
        Optional<Text> inside = MatrixPrinter.print(u, at, ranks, style);
        if (exponent == 1 && at.size() == 1 && u instanceof Variable) {
            return inside.map(x -> new Text(
                    style.product(
                            List.of(style.transposed(x.within(Binding.ATOM, style)), x.within(Binding.POWER, style))),
                    Binding.PRODUCT));
        }
        return inside.map(text ->
                raised(Text.atom(style.function(at.size() == 1 ? "norm2" : "normF", text.text())), 2 * exponent));
    }

    private Optional<Text> print(Expression number) {
        return MatrixPrinter.print(number, List.of(), ranks, style);
    }

    private boolean addChain(Expression factor, List<Chain> chains) {
        Optional<Chain> chain = chain(factor);
        chain.ifPresent(chains::add);
        return chain.isPresent();
    }

    private Optional<Chain> chain(Expression factor) {
        if (factor instanceof Variable variable) {
            Text name = Text.atom(style.name(variable.name()));
            return switch (variable.at().size()) {
                case 1 -> Optional.of(Chain.vector(name, variable.at().get(0)));
                case 2 ->
                    Optional.of(Chain.matrix(
                            name, variable.at().get(0), variable.at().get(1)));
                default -> Optional.empty();
            };
        }
        if (factor instanceof Delta delta) {
            return Optional.of(Chain.symmetric(Text.atom(style.identity()), delta.first(), delta.second()));
        }
        if (factor instanceof Ones ones) {
            return Optional.of(Chain.vector(Text.atom(style.ones()), ones.index()));
        }
        if (factor instanceof Inverse inverse) {
            return MatrixPrinter.print(inverse.argument(), List.of(inverse.from(), inverse.to()), ranks, style)
                    .map(argument -> Text.atom(style.function("inv", argument.text())))
                    .map(text -> inverse.isSymmetric()
                            ? Chain.symmetric(text, inverse.row(), inverse.column())
                            : Chain.matrix(text, inverse.row(), inverse.column()));
        }
        return ofElements(factor);
    }

    private Optional<Chain> ofElements(Expression factor) {
        List<Index> at = List.copyOf(factor.indices());
        if (at.size() > 2) {
            return Optional.empty();
        }
        if (factor instanceof Mapped mapped && mapped.function() instanceof Power power) {
            Optional<Text> base = MatrixPrinter.print(mapped.argument(), at, ranks, style);
            double exponent = power.exponent();
            return exponent < 0
                    ? base.map(u -> chain(elements(u, -exponent), at).reciprocal(elements(u, exponent)))
                    : base.map(u -> chain(elements(u, exponent), at));
        }
        return MatrixPrinter.print(factor, at, ranks, style).map(u -> chain(u, at));
    }

    private static Chain chain(Text text, List<Index> at) {
        return at.size() == 1 ? Chain.vector(text, at.get(0)) : Chain.matrix(text, at.get(0), at.get(1));
    }

    private Text elements(Text base, double exponent) {
        if (exponent == 1) {
            return base;
        }
        if (exponent == 0.5) {
            return Text.atom(style.function("sqrt", base.text()));
        }
        return exponent == -1
                ? new Text(style.elementwiseQuotient("1", base.within(Binding.POWER, style)), Binding.PRODUCT)
                : new Text(
                        style.elementwisePower(base.within(Binding.ATOM, style), style.exponent(exponent)),
                        Binding.POWER);
    }
}
