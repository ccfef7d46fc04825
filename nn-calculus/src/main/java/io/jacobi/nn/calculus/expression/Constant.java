package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** A constant number. */
public record Constant(double value) implements Expression {

    @Override
    public Set<Index> indices() {
        return Set.of();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.constant(this);
    }
}
