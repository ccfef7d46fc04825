package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A product, summed over every index that is not free: scale · Σ f₁ f₂ ... With the factors A_ij and x_j and the free
 * index i it is A x; with both i and j free it is A with column j multiplied by x_j.
 */
public final class Contraction extends Compound implements Expression {

    private final double scale;
    private final List<Expression> factors;

    /**
     * The scaled product of the factors, summed over their indices except {@code indices}.
     *
     * @throws IllegalArgumentException if a free index is in no factor
     */
    public Contraction(double scale, List<Expression> factors, Set<Index> indices) {
        super(31 * Double.hashCode(scale) + factors.hashCode(), indices);
        this.scale = scale;
        this.factors = List.copyOf(factors);
        if (!Indices.of(factors).containsAll(indices)) {
            throw new IllegalArgumentException("the free indices " + indices
                    + " of a contraction are not all in its factors\n  expected indices among " + Indices.of(factors));
        }
    }

    /** The product with all indices free. */
    public static Contraction product(List<Expression> factors) {
        return new Contraction(1, factors, Indices.of(factors));
    }

    /** The number in front. */
    public double scale() {
        return scale;
    }

    /** The factors, from left to right. */
    public List<Expression> factors() {
        return factors;
    }

    /** The indices that are summed. */
    public Set<Index> summed() {
        return Indices.of(factors).stream()
                .filter(index -> !indices().contains(index))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.contraction(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Contraction that
                        && hashCode() == that.hashCode()
                        && Double.compare(scale, that.scale) == 0
                        && indices().equals(that.indices())
                        && factors.equals(that.factors));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return "Contraction[scale=" + scale + ", factors=" + factors + ", indices=" + indices() + "]";
    }
}
