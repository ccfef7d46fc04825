package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Simplifies sums: flattens nested sums, adds like terms and removes zeros. */
final class LikeTerms {

    private final Map<String, Contraction> terms = new LinkedHashMap<>();

    private LikeTerms() {}

    /** The sum of simplified terms that have the same free indices. */
    static Expression collect(List<Expression> terms) {
        LikeTerms like = new LikeTerms();
        terms.forEach(term -> like.add(1, term));
        List<Expression> left = new ArrayList<>();
        for (Contraction term : like.terms.values()) {
            if (term.scale() != 0) {
                left.add(unwrap(term));
            }
        }
        if (left.isEmpty()) {
            return zero(terms.get(0));
        }
        return left.size() == 1 ? left.get(0) : new Sum(left);
    }

    /** 0 for every value of this expression's indices. */
    static Expression zero(Expression like) {
        List<Expression> ones = new ArrayList<>();
        for (Index index : like.indices()) {
            ones.add(new Ones(index, Lengths.of(index, List.of(like))));
        }
        return ones.isEmpty() ? new Constant(0) : new Contraction(0, ones, like.indices());
    }

    /** The number of terms of a simplified expression; 0 if it is zero. */
    static int count(Expression expression) {
        return expression instanceof Sum sum
                ? sum.terms().size()
                : wrap(expression).scale() == 0 ? 0 : 1;
    }

    private void add(double scale, Expression term) {
        if (term instanceof Sum sum) {
            sum.terms().forEach(inner -> add(scale, inner));
            return;
        }
        Contraction product = wrap(term);
        if (product.factors().size() == 1
                && product.factors().get(0) instanceof Sum sum
                && product.summed().isEmpty()) {
            sum.terms().forEach(inner -> add(Numbers.times(scale, product.scale()), inner));
            return;
        }
        terms.merge(
                Key.withoutScale(product),
                scaled(product, Numbers.times(scale, product.scale())),
                (a, b) -> scaled(a, Numbers.plus(a.scale(), b.scale())));
    }

    private static Contraction scaled(Contraction contraction, double scale) {
        return new Contraction(scale, contraction.factors(), contraction.indices());
    }

    /** Any expression as a product with a scale. */
    static Contraction wrap(Expression expression) {
        if (expression instanceof Contraction contraction) {
            return contraction;
        }
        return expression instanceof Constant constant
                ? new Contraction(constant.value(), List.of(), constant.indices())
                : Contraction.product(List.of(expression));
    }

    /** The factor of a product if it has one factor, the scale 1 and no sum; otherwise the product. */
    static Expression unwrap(Contraction product) {
        if (product.factors().isEmpty()) {
            return new Constant(product.scale());
        }
        boolean bare = product.scale() == 1
                && product.factors().size() == 1
                && product.summed().isEmpty();
        return bare ? product.factors().get(0) : product;
    }
}
