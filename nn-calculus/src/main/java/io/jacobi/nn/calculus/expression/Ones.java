package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** 1 for every value of an index of the given length, the factor that turns a scalar into a vector in a sum. */
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
