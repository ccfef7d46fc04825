package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sum of terms that have the same free indices. */
public final class Sum extends Compound implements Expression {

    private final List<Expression> terms;

    /**
     * The sum of terms that have the same free indices.
     *
     * @throws IllegalArgumentException if a term lacks an index of another
     */
    public Sum(List<Expression> terms) {
        super(terms.hashCode(), terms.get(0).indices());
        this.terms = List.copyOf(terms);
        Set<Index> indices = Indices.of(terms);
        for (Expression term : terms) {
            if (!term.indices().equals(indices)) {
                throw new IllegalArgumentException("a term of the sum has the indices " + term.indices()
                        + " instead of " + indices + "\n  fix: use Sum.of, which multiplies the term by ones");
            }
        }
    }

    /** The sum. A term that lacks an index of another term is multiplied by ones. */
    public static Expression of(List<Expression> terms) {
        Set<Index> indices = Indices.of(terms);
        Map<Index, Expression> ones = new HashMap<>();
        return new Sum(
                terms.stream().map(term -> spread(term, indices, terms, ones)).toList());
    }

    private static Expression spread(
            Expression term, Set<Index> indices, List<Expression> terms, Map<Index, Expression> ones) {
        List<Expression> factors = new ArrayList<>(List.of(term));
        Set<Index> own = term.indices();
        for (Index index : indices) {
            if (!own.contains(index)) {
                factors.add(ones.computeIfAbsent(index, any -> new Ones(any, Lengths.of(any, terms))));
            }
        }
        return factors.size() == 1 ? term : Contraction.product(factors);
    }

    /** The terms, from left to right. */
    public List<Expression> terms() {
        return terms;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.sum(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Sum sum && hashCode() == sum.hashCode() && terms.equals(sum.terms));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return "Sum[terms=" + terms + "]";
    }
}
