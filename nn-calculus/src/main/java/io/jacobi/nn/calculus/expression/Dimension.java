package io.jacobi.nn.calculus.expression;

/** The length of an axis of a variable, which is known when the variable has a value. Axes count from 0. */
public record Dimension(String variable, int axis) {

    @Override
    public String toString() {
        return "axis " + axis + " of " + variable;
    }
}
