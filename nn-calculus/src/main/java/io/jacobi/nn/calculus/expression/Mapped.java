package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** A function applied to every element: exp(x_i). */
public record Mapped(Function function, Expression argument) implements Expression {

    @Override
    public Set<Index> indices() {
        return argument.indices();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.mapped(this);
    }
}
