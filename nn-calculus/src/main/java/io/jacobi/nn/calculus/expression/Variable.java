package io.jacobi.nn.calculus.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A named array at an index for each axis: A_ij, or A_ii for its diagonal. */
public record Variable(String name, List<Index> at) implements Expression {

    public Variable {
        at = List.copyOf(at);
    }

    @Override
    public Set<Index> indices() {
        return new LinkedHashSet<>(at);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.variable(this);
    }
}
