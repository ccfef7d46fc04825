package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** The length of an axis as a number, which is the value of a sum of ones and the divisor of a mean. */
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
