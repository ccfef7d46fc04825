package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.List;

/** Powers of simplified expressions. */
final class Powers {

    private Powers() {}

    /** The exponent of a power; 1 for any other expression. */
    static double exponent(Expression expression) {
        return expression instanceof Mapped mapped && mapped.function() instanceof Power power ? power.exponent() : 1;
    }

    /** The base u of a power uᵖ; any other expression itself. */
    static Expression base(Expression expression) {
        return expression instanceof Mapped mapped && mapped.function() instanceof Power
                ? mapped.argument()
                : expression;
    }

    /** uᵖ, simplified. */
    static Expression raise(Expression u, double p) {
        if (p == 1) {
            return u;
        }
        if (u instanceof Constant constant) {
            return new Constant(new Power(p).apply(constant.value()));
        }
        if (p == 0) {
            return ones(u);
        }
        if (isIdempotent(u)) {
            return u; // 0 and 1 are their own powers; a negative power of a delta is undefined anyway
        }
        if (exponent(u) != 1 && mayJoin(exponent(u), p)) {
            return raise(base(u), exponent(u) * p);
        }
        return u instanceof Contraction product ? raise(product, p) : new Mapped(new Power(p), u);
    }

    /**
     * Whether two exponents can be multiplied: √(x²) is |x|, not x; any other is one power wherever both are defined.
     */
    private static boolean mayJoin(double inner, double outer) {
        return isInteger(outer) || !(isInteger(inner) && inner % 2 == 0);
    }

    /** (2 a b)ᵖ = 2ᵖ aᵖ bᵖ for an integer p; otherwise only a positive number moves to the front. */
    private static Expression raise(Contraction product, double p) {
        if (isInteger(p) && product.summed().isEmpty()) {
            List<Expression> factors = new ArrayList<>();
            product.factors().forEach(factor -> factors.add(raise(factor, p)));
            return Product.simplify(
                    new Contraction(new Power(p).apply(product.scale()), factors, product.indices()));
        }
        if (product.scale() != 1 && (product.scale() > 0 || isInteger(p))) {
            Expression bare = LikeTerms.unwrap(new Contraction(1, product.factors(), product.indices()));
            double number = new Power(p).apply(product.scale());
            return Product.simplify(new Contraction(number, List.of(raise(bare, p)), product.indices()));
        }
        return new Mapped(new Power(p), product);
    }

    /** 1 for every value of this expression's indices. */
    static Expression ones(Expression like) {
        List<Expression> ones = new ArrayList<>();
        for (Index index : like.indices()) {
            ones.add(new Ones(index, Lengths.of(index, List.of(like))));
        }
        return ones.size() == 1 ? ones.get(0) : ones.isEmpty() ? new Constant(1) : Contraction.product(ones);
    }

    private static boolean isIdempotent(Expression u) {
        return u instanceof Delta || u instanceof Ones;
    }

    private static boolean isInteger(double number) {
        return number == Math.rint(number);
    }
}
