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
            return new Constant(Numbers.power(constant.value(), p));
        }
        if (p == 0) {
            return ones(u);
        }
        if (u instanceof Ones || (u instanceof Delta && p > 0)) {
            return u; // 1 is its own power, and 0 is its own positive power
        }
        if (exponent(u) != 1 && mayJoin(base(u), exponent(u), p)) {
            return raise(base(u), Numbers.times(exponent(u), p));
        }
        return u instanceof Contraction product ? raise(product, p) : new Mapped(new Power(p), u);
    }

    /**
     * Whether (uᵃ)ᵖ is uᵃᵖ. A power that is not an integer is NaN for a negative u, and an even one forgets its sign:
     * (√u)² is NaN at −4, and √(u²) is |u|, but √(u⁴) is u².
     */
    private static boolean mayJoin(Expression u, double a, double p) {
        if ((isInteger(a) && isInteger(p)) || Signs.isNonNegative(u)) {
            return true;
        }
        return isEven(a) ? isEven(a * p) : !isInteger(a * p);
    }

    /** Whether uᵃ uᵇ is uᵃ⁺ᵇ: √u √u is u only where u is not negative, and u u⁻¹ is 1 only where u has a value. */
    static boolean mayAdd(Expression u, double a, double b) {
        if (a + b == 0 && !Signs.isDefined(u)) {
            return false;
        }
        return (isInteger(a) && isInteger(b)) || !isInteger(a + b) || Signs.isNonNegative(u);
    }

    /**
     * (2 a b)ᵖ = 2ᵖ aᵖ bᵖ for an integer p; otherwise only a positive number moves to the front. A negative power of a
     * delta is infinite where the delta is 0, so it stays with the other factors.
     */
    private static Expression raise(Contraction product, double p) {
        boolean hasDelta = product.factors().stream().anyMatch(Delta.class::isInstance);
        if (isInteger(p) && product.summed().isEmpty() && (p > 0 || !hasDelta)) {
            List<Expression> factors = new ArrayList<>();
            product.factors().forEach(factor -> factors.add(raise(factor, p)));
            return Product.simplify(new Contraction(Numbers.power(product.scale(), p), factors, product.indices()));
        }
        if (product.scale() != 1 && (product.scale() > 0 || isInteger(p))) {
            Expression bare = LikeTerms.unwrap(new Contraction(1, product.factors(), product.indices()));
            double number = Numbers.power(product.scale(), p);
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

    private static boolean isEven(double number) {
        return number % 2 == 0;
    }

    static boolean isInteger(double number) {
        return number == Math.rint(number);
    }
}
