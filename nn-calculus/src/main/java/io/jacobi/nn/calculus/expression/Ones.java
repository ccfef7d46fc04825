package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** 1 for every value of an index: what a scalar becomes when it is added to a vector. {@code length} is how far it runs. */
public record Ones(Index index, Dimension length) implements Expression {

    @Override
    public Set<Index> indices() {
        return Set.of(index);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.ones(this);
    }
}
