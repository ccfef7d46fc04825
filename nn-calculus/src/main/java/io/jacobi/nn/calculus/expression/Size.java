package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** The length of an axis, as a number: what a sum of ones is, and what a mean divides by. */
public record Size(Dimension dimension) implements Expression {

    @Override
    public Set<Index> indices() {
        return Set.of();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.size(this);
    }
}
