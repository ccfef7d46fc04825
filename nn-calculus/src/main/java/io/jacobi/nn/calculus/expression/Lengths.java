package io.jacobi.nn.calculus.expression;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds how far an index runs, by what it stands at. */
public final class Lengths {

    private Lengths() {}

    /** The length of a free index of one of these expressions. */
    static Dimension of(Index index, List<Expression> expressions) {
        return expressions.stream()
                .flatMap(expression -> find(index, expression))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing tells how far the index " + index + " runs"));
    }

    /** Every axis that a free index of this expression stands at. */
    public static Stream<Dimension> find(Index index, Expression expression) {
        if (!expression.indices().contains(index)) {
            return Stream.empty(); // inside, the name may be that of another index, which is summed there
        }
        return inside(index, expression);
    }

    /** The same, of an index that is summed in this very expression. */
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
