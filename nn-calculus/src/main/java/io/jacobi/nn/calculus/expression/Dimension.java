package io.jacobi.nn.calculus.expression;

/** The length of an axis of a variable, known once the variable has a value. Axes are counted from 0. */
public record Dimension(String variable, int axis) {

    @Override
    public String toString() {
        return "axis " + axis + " of " + variable;
    }
}
