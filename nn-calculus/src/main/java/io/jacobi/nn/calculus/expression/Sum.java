package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A sum of terms that have the same free indices. */
public record Sum(List<Expression> terms) implements Expression {

    public Sum {
        terms = List.copyOf(terms);
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
        return new Sum(terms.stream().map(term -> spread(term, indices, terms)).toList());
    }

    private static Expression spread(Expression term, Set<Index> indices, List<Expression> terms) {
        List<Expression> factors = new ArrayList<>(List.of(term));
        for (Index index : indices) {
            if (!term.indices().contains(index)) {
                factors.add(new Ones(index, Lengths.of(index, terms)));
            }
        }
        return factors.size() == 1 ? term : Contraction.product(factors);
    }

    @Override
    public Set<Index> indices() {
        return terms.get(0).indices();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.sum(this);
    }
}
