package io.jacobi.nn.calculus.expression;

import static java.util.function.Predicate.not;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A number for every value of its indices: x_i A_ij is a vector over j once i is summed. An expression has no order of
 * axes; the order is chosen when it is evaluated or printed.
 *
 * <p>Expressions are immutable. In Java they are written as they are read:
 *
 * <pre>{@code
 * Expression y = variable("W", o, i).times(variable("x", n, i)).sum(i).plus(variable("b", o));
 * }</pre>
 *
 * Source: Laue, Mitterreiter and Giesen 2018 and 2020.
 */
public sealed interface Expression
        permits Variable, Constant, Delta, Ones, Size, Contraction, Sum, Mapped, Determinant, LogDeterminant, Inverse {

    /** The free indices, which are not summed. */
    Set<Index> indices();

    /** Calls the method of {@code cases} for this kind of expression and returns its result. */
    <R> R accept(Cases<R> cases);

    /** A variable at an index for each axis; a scalar has no indices. */
    static Expression variable(String name, Index... at) {
        return new Variable(name, List.of(at));
    }

    /** A constant number. */
    static Expression constant(double value) {
        return new Constant(value);
    }

    /** The length of an axis of a variable, as a number. */
    static Expression size(String variable, int axis) {
        return new Size(new Dimension(variable, axis));
    }

    /** The sum. A term that lacks an index of the other is constant along that index. */
    default Expression plus(Expression other) {
        return Sum.of(List.of(this, other));
    }

    /** The difference, with indices as in {@link #plus(Expression)}. */
    default Expression minus(Expression other) {
        return plus(other.times(-1));
    }

    default Expression plus(double number) {
        return plus(new Constant(number));
    }

    default Expression minus(double number) {
        return plus(-number);
    }

    /** The product element by element, without a sum. */
    default Expression times(Expression other) {
        return Contraction.product(List.of(this, other));
    }

    default Expression times(double number) {
        return new Contraction(number, List.of(this), indices());
    }

    /** The quotient, element by element. */
    default Expression over(Expression other) {
        return times(other.power(-1));
    }

    default Expression over(double number) {
        return times(1 / number);
    }

    default Expression power(double exponent) {
        return map(new Power(exponent));
    }

    /** Applies a function to every element. */
    default Expression map(Function function) {
        return new Mapped(function, this);
    }

    /** The sum over these indices. */
    default Expression sum(Index... over) {
        Set<Index> summed = Set.of(over);
        if (!indices().containsAll(summed)) {
            throw new IllegalArgumentException("cannot sum over "
                    + summed.stream().filter(not(indices()::contains)).sorted().toList()
                    + "\n  expected indices among the free indices " + indices());
        }
        Set<Index> free = new LinkedHashSet<>(indices());
        free.removeAll(summed);
        return new Contraction(1, List.of(this), free);
    }
}
