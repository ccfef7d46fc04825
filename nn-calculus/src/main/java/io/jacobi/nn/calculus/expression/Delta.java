package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The Kronecker delta, or identity matrix: 1 where both indices, of the given length, are equal, and 0 elsewhere. */
public record Delta(Index first, Index second, Dimension length) implements Expression {

    @Override
    public Set<Index> indices() {
        return new LinkedHashSet<>(List.of(first, second));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.delta(this);
    }
}
