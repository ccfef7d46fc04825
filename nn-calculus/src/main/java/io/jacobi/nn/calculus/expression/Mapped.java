package io.jacobi.nn.calculus.expression;

/** A function applied to every element: exp(x_i). */
public final class Mapped extends Compound implements Expression {

    private final Function function;
    private final Expression argument;

    public Mapped(Function function, Expression argument) {
        super(31 * function.hashCode() + argument.hashCode(), argument.indices());
        this.function = function;
        this.argument = argument;
    }

    public Function function() {
        return function;
    }

    public Expression argument() {
        return argument;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
        return cases.mapped(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Mapped mapped
                        && hashCode() == mapped.hashCode()
                        && function.equals(mapped.function)
                        && argument.equals(mapped.argument));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return "Mapped[function=" + function + ", argument=" + argument + "]";
    }
}
