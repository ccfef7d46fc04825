package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Einstein's convention, which the grammar and the printer share: an index that occurs twice in a product is summed.
 */
final class Occurrences {

    private Occurrences() {}

    /** The indices that a factor writes, as often as it writes them: twice i for A_ii, and once for A_ii^2. */
    static List<Index> of(Expression factor) {
        if (factor instanceof Variable variable) {
            return variable.at();
        }
        if (factor instanceof Delta delta) {
            return List.of(delta.first(), delta.second());
        }
        if (factor instanceof Inverse inverse) {
            return List.of(inverse.row(), inverse.column());
        }
        boolean negated = factor instanceof Contraction product
                && product.factors().size() == 1
                && product.summed().isEmpty();
        return negated ? of(((Contraction) factor).factors().get(0)) : List.copyOf(factor.indices());
    }

    /** The variable, delta or inverse with other indices. */
    static Expression at(Expression factor, List<Index> at) {
        if (factor instanceof Variable variable) {
            return new Variable(variable.name(), at);
        }
        if (factor instanceof Delta delta) {
            return new Delta(at.get(0), at.get(1), delta.length());
        }
        Inverse inverse = (Inverse) factor;
        return new Inverse(inverse.argument(), inverse.from(), inverse.to(), at.get(0), at.get(1));
    }

    /** Whether a factor that stands alone would be summed over one of its indices. */
    static boolean isDiagonal(Expression factor) {
        return of(factor).size() > factor.indices().size();
    }

    /** The indices that a product of these factors keeps. */
    static Set<Index> free(Collection<Expression> factors) {
        Set<Index> once = new HashSet<>();
        Set<Index> seen = new HashSet<>();
        factors.stream().flatMap(factor -> of(factor).stream()).forEach(index -> {
            if (seen.add(index)) {
                once.add(index);
            } else {
                once.remove(index);
            }
        });
        return once;
    }
}
