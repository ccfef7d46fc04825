package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Kronecker's delta: 1 where both indices are equal, else 0. The identity matrix. {@code length} is how far they run. */
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
