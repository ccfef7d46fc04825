package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Computes the derivative of an expression with respect to a variable. Two rules do most of the work: ∂x_i/∂x_k is
 * δ_ik, and the derivative of a product is a sum with one product for each factor. Functions of elements add the chain
 * rule; determinants and inverses have a rule each.
 *
 * <p>An empty result means that the derivative is zero. Every step is simplified before the next.
 */
public final class Differentiation implements Cases<Optional<Expression>> {

    private final Variable by;
    private final Set<Index> taken;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Expression, Optional<Expression>> known = new HashMap<>();

    /**
     * Differentiates with respect to {@code by}, whose indices must be distinct and must not occur in the expression.
     * The derivative has them after the indices of the expression.
     */
    public Differentiation(Variable by, Expression expression) {
        this.by = by;
        this.taken = new HashSet<>(Indices.everywhere(expression));
        if (by.at().stream().anyMatch(taken::contains)
                || by.indices().size() < by.at().size()) {
            throw new IllegalArgumentException("the indices " + by.at() + " of the derivative are not new"
                    + "\n  expected distinct indices that are none of " + taken);
        }
        taken.addAll(by.at());
    }

    /** The simplified derivative; empty if it is zero everywhere. */
    public Optional<Expression> of(Expression expression) {
        Optional<Expression> before = known.get(expression);
        if (before == null) {
            before = expression.accept(this);
            known.put(expression, before);
        }
        return before;
    }

    /** The steps so far, each once, from the inside out. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    private Optional<Expression> step(String rule, Expression subject, Expression applied) {
        Expression simplified = Simplifier.simplify(applied);
        steps.add(new Step(rule, subject, by, applied, simplified));
        return isZero(simplified) ? Optional.empty() : Optional.of(simplified);
    }

    private static boolean isZero(Expression expression) {
        return (expression instanceof Contraction product && product.scale() == 0)
                || (expression instanceof Constant constant && constant.value() == 0);
    }

    @Override
    public Optional<Expression> variable(Variable variable) {
        if (!variable.name().equals(by.name())) {
            return Optional.empty();
        }
        if (variable.at().isEmpty()) {
            return step("variable", variable, new Constant(1));
        }
        List<Expression> deltas = IntStream.range(0, by.at().size())
                .<Expression>mapToObj(
                        axis -> new Delta(variable.at().get(axis), by.at().get(axis), new Dimension(by.name(), axis)))
                .toList();
        return step("variable", variable, deltas.size() == 1 ? deltas.get(0) : Contraction.product(deltas));
    }

    @Override
    public Optional<Expression> constant(Constant constant) {
        return Optional.empty();
    }

    @Override
    public Optional<Expression> delta(Delta delta) {
        return Optional.empty();
    }

    @Override
    public Optional<Expression> ones(Ones ones) {
        return Optional.empty();
    }

    @Override
    public Optional<Expression> size(Size size) {
        return Optional.empty();
    }

    @Override
    public Optional<Expression> contraction(Contraction contraction) {
        Contraction product = Renaming.freshen(contraction, Set.copyOf(by.at()));
        List<Expression> terms = new ArrayList<>();
        for (int at = 0; at < product.factors().size(); at++) {
            int position = at;
            of(product.factors().get(at)).ifPresent(slope -> terms.addAll(replaced(product, position, slope)));
        }
        return total(rule(product), product, terms);
    }

    private static String rule(Contraction product) {
        boolean alone = product.factors().size() == 1;
        return !alone ? "product" : product.summed().isEmpty() ? "factor" : "sum";
    }

    /**
     * The product with one factor replaced by its derivative. If the product sums over indices of the derivative, each
     * term of the derivative gets a product of its own, so that no array is larger than necessary.
     */
    private List<Expression> replaced(Contraction product, int at, Expression slope) {
        Set<Index> free = withBy(product.indices());
        boolean smaller = slope.indices().size() > free.size();
        List<Expression> slopes = smaller && slope instanceof Sum sum ? sum.terms() : List.of(slope);
        return slopes.stream()
                .<Expression>map(term -> {
                    List<Expression> factors = new ArrayList<>(product.factors());
                    factors.set(at, term);
                    return new Contraction(product.scale(), factors, free);
                })
                .toList();
    }

    @Override
    public Optional<Expression> sum(Sum sum) {
        List<Expression> terms = new ArrayList<>();
        sum.terms().forEach(term -> of(term).ifPresent(terms::add));
        return total("sum", sum, terms);
    }

    private Optional<Expression> total(String rule, Expression subject, List<Expression> terms) {
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        return step(rule, subject, terms.size() == 1 ? terms.get(0) : new Sum(terms));
    }

    @Override
    public Optional<Expression> mapped(Mapped mapped) {
        Expression u = mapped.argument();
        if (mapped.function().equals(ElementFunction.LOG) && u instanceof Determinant of) {
            return alongInverse("log-determinant", mapped, of.argument(), of.row(), of.column(), List.of());
        }
        return of(u).flatMap(slope -> step(
                "chain, " + rule(mapped.function()),
                mapped,
                Contraction.product(
                        List.of(Simplifier.simplify(mapped.function().derivative(u)), slope))));
    }

    private static String rule(Function function) {
        return function instanceof Power power ? "power " + Numbers.text(power.exponent()) : function.symbol();
    }

    @Override
    public Optional<Expression> determinant(Determinant determinant) {
        return alongInverse(
                "determinant",
                determinant,
                determinant.argument(),
                determinant.row(),
                determinant.column(),
                List.of(determinant));
    }

    @Override
    public Optional<Expression> logDeterminant(LogDeterminant determinant) {
        return alongInverse(
                "log-determinant",
                determinant,
                determinant.argument(),
                determinant.row(),
                determinant.column(),
                List.of());
    }

    /** ∂ logdet(M) = Σ inv(M)_cr ∂M_rc, and ∂ det(M) = det(M) ∂ logdet(M). */
    private Optional<Expression> alongInverse(
            String rule, Expression subject, Expression argument, Index row, Index column, List<Expression> first) {
        return of(argument).flatMap(slope -> {
            List<Expression> factors = new ArrayList<>(first);
            factors.add(new Inverse(argument, row, column, column, row));
            factors.add(slope);
            return step(rule, subject, new Contraction(1, factors, by.indices()));
        });
    }

    /** ∂inv(M) = −inv(M) ∂M inv(M). */
    @Override
    public Optional<Expression> inverse(Inverse inverse) {
        return of(inverse.argument()).flatMap(slope -> {
            Index from = fresh();
            Index to = fresh();
            Expression inner = Renaming.rename(slope, Map.of(inverse.from(), from, inverse.to(), to));
            return step(
                    "inverse",
                    inverse,
                    new Contraction(
                            -1,
                            List.of(
                                    new Inverse(inverse.argument(), inverse.from(), inverse.to(), inverse.row(), from),
                                    inner,
                                    new Inverse(
                                            inverse.argument(), inverse.from(), inverse.to(), to, inverse.column())),
                            withBy(inverse.indices())));
        });
    }

    private Index fresh() {
        Index index = Index.unlike(taken);
        taken.add(index);
        return index;
    }

    private Set<Index> withBy(Set<Index> indices) {
        Set<Index> all = new LinkedHashSet<>(indices);
        all.addAll(by.at());
        return all;
    }
}
