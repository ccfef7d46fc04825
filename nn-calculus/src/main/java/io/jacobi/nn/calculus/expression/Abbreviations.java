package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces parts of an expression by names: the name of x̂_ni becomes x̂_kl where its meaning occurs at k and l. A part
 * is found whatever the names of its summed indices and the order of its terms; also inside a product, among other
 * factors; and as a power.
 */
public final class Abbreviations {

    private final List<Abbreviation> all;

    private Abbreviations(List<Abbreviation> all) {
        this.all = List.copyOf(all);
    }

    /** An empty list of abbreviations. */
    public static Abbreviations none() {
        return new Abbreviations(List.of());
    }

    /** The given abbreviations; the meaning of each is written with the names of the preceding ones. */
    public static Abbreviations of(List<Abbreviation> all) {
        List<Abbreviation> written = new ArrayList<>();
        for (Abbreviation next : all) {
            Expression meaning = new Abbreviations(written).simplified(next.meaning());
            written.add(new Abbreviation(next.name(), next.at(), meaning));
        }
        return new Abbreviations(written);
    }

    /** The abbreviations, in order; each meaning is written with the names of the preceding ones. */
    public List<Abbreviation> all() {
        return all;
    }

    /** Replaces parts of the expression by names, without simplification. */
    public Expression apply(Expression expression) {
        Expression written = expression;
        for (Abbreviation abbreviation : all) {
            written = write(abbreviation, written);
        }
        return written;
    }

    /** Replaces parts of the expression by names and simplifies it before and after. */
    public Expression simplified(Expression expression) {
        return Simplifier.simplify(apply(Simplifier.simplify(expression)));
    }

    private static Expression write(Abbreviation abbreviation, Expression expression) {
        Optional<Expression> whole = power(abbreviation, expression);
        if (whole.isPresent()) {
            return whole.get();
        }
        if (!(expression instanceof Contraction product)) {
            return inside(abbreviation, expression);
        }
        List<Expression> factors = new ArrayList<>();
        product.factors().forEach(factor -> factors.add(factor(abbreviation, factor)));
        Contraction written = new Contraction(product.scale(), factors, product.indices());
        Optional<Contraction> shorter = new FactorMatch(abbreviation, written).replaced();
        while (shorter.isPresent()) {
            written = shorter.get();
            shorter = new FactorMatch(abbreviation, written).replaced();
        }
        return LikeTerms.unwrap(written);
    }

    private static Expression inside(Abbreviation abbreviation, Expression expression) {
        return Parts.replace(
                expression,
                Parts.of(expression).stream()
                        .map(part -> write(abbreviation, part))
                        .toList());
    }

    private static Expression factor(Abbreviation abbreviation, Expression factor) {
        Optional<Expression> whole = power(abbreviation, factor);
        return whole.orElseGet(
                () -> factor instanceof Contraction ? write(abbreviation, factor) : inside(abbreviation, factor));
    }

    /** The name raised to a power, if the whole expression is that power of the meaning or of its base. */
    private static Optional<Expression> power(Abbreviation abbreviation, Expression expression) {
        Expression meaning = abbreviation.meaning();
        double exponent = Powers.exponent(expression) / Powers.exponent(meaning);
        return Matches.of(Powers.base(meaning), Powers.base(expression))
                .findFirst()
                .map(names -> Powers.raise(Renaming.rename(abbreviation.variable(), names), exponent));
    }
}
