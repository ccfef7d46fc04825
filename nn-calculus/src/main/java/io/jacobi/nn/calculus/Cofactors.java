package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Power;
import java.util.ArrayList;
import java.util.List;

/**
 * The factors of a product in which det(M) inv(M) is read as the adjugate of M, the transposed cofactors. The
 * derivative of det(M) has this product; the adjugate also exists where M is singular and the product would be 0 times
 * infinity.
 *
 * @param inverses the inverses whose adjugate is a factor instead
 * @param others the other factors
 */
record Cofactors(List<Inverse> inverses, List<Expression> others) {

    /** Pairs every determinant with an inverse of the same matrix, as often as its power allows. */
    static Cofactors of(List<Expression> factors) {
        List<Inverse> paired = new ArrayList<>();
        List<Expression> others = new ArrayList<>(factors);
        for (Expression factor : factors) {
            boolean raised =
                    factor instanceof Mapped mapped && mapped.function() instanceof Power power && power.exponent() > 1;
            Expression base = raised ? ((Mapped) factor).argument() : factor;
            if (!(base instanceof Determinant determinant)) {
                continue;
            }
            double left = raised ? ((Power) ((Mapped) factor).function()).exponent() : 1;
            List<Inverse> matches = others.stream()
                    .filter(Inverse.class::isInstance)
                    .map(Inverse.class::cast)
                    .filter(inverse -> inverse.isOf(determinant))
                    .limit((long) left)
                    .toList();
            if (!matches.isEmpty()) {
                others.remove(factor);
                matches.forEach(others::remove);
                paired.addAll(matches);
                left -= matches.size();
                if (left > 0) {
                    others.add(left == 1 ? determinant : determinant.power(left));
                }
            }
        }
        return new Cofactors(List.copyOf(paired), List.copyOf(others));
    }
}
