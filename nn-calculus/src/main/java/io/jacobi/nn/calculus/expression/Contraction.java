package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A product, summed over every index that is not free: scale · Σ f₁ f₂ ... With the factors A_ij and x_j and the free
 * index i it is A x; with both i and j free it is A with column j multiplied by x_j.
 */
public record Contraction(double scale, List<Expression> factors, Set<Index> indices) implements Expression {

    public Contraction {
        factors = List.copyOf(factors);
        indices = new LinkedHashSet<>(indices);
        if (!Indices.of(factors).containsAll(indices)) {
            throw new IllegalArgumentException("the free indices " + indices
                    + " of a contraction are not all in its factors\n  expected indices among " + Indices.of(factors));
        }
    }

    /** The product with all indices free. */
    public static Contraction product(List<Expression> factors) {
        return new Contraction(1, factors, Indices.of(factors));
    }

    @Override
    public Set<Index> indices() {
        return new LinkedHashSet<>(indices);
    }

    /** The indices that are summed. */
    public Set<Index> summed() {
        return Indices.of(factors).stream()
                .filter(index -> !indices.contains(index))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.contraction(this);
    }
}
