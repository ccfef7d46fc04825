package io.jacobi.nn.calculus.expression;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Determines the length of an index from the axes at which it occurs. */
public final class Lengths {

    private Lengths() {}

    /** The length of a free index of one of these expressions. */
    static Dimension of(Index index, List<Expression> expressions) {
        return expressions.stream()
                .flatMap(expression -> find(index, expression))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no variable determines the length of the index " + index));
    }

    /** The axes at which a free index of this expression occurs. */
    public static Stream<Dimension> find(Index index, Expression expression) {
        if (!expression.indices().contains(index)) {
            return Stream.empty(); // inside, the name may denote another index, which is summed there
        }
        return inside(index, expression);
    }

    /** The axes at which an index that is summed in this expression occurs. */
    static Stream<Dimension> inside(Index index, Expression expression) {
        if (expression instanceof Variable variable) {
            return Stream.iterate(0, axis -> axis < variable.at().size(), axis -> axis + 1)
                    .filter(axis -> variable.at().get(axis).equals(index))
                    .map(axis -> new Dimension(variable.name(), axis));
        }
        if (expression instanceof Delta delta) {
            return Stream.of(delta.length());
        }
        if (expression instanceof Ones ones) {
            return Stream.of(ones.length());
        }
        if (expression instanceof Inverse inverse) {
            return Stream.of(inverse.from(), inverse.to()).flatMap(bound -> find(bound, inverse.argument()));
        }
        return Parts.of(expression).stream().flatMap(part -> find(index, part));
    }

    /** The first axis found, if any. */
    static Optional<Dimension> first(Index index, Expression expression) {
        return find(index, expression).findFirst();
    }
}
