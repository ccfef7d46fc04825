package io.jacobi.nn.calculus.expression;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Determines the length of an index from the axes at which it occurs. */
public final class Lengths {

    /** The indices for which an expression was searched in vain. */
    private final IdentityHashMap<Expression, Set<Index>> searched = new IdentityHashMap<>();

    private Lengths() {}

    /** The length of a free index of one of these expressions. */
    static Dimension of(Index index, List<Expression> expressions) {
        Lengths lengths = new Lengths();
        for (Expression expression : expressions) {
            Optional<Dimension> found = lengths.search(index, expression);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalArgumentException("no variable determines the length of the index " + index);
    }

    /** The first axis at which a free index of this expression occurs, if any. */
    public static Optional<Dimension> find(Index index, Expression expression) {
        return new Lengths().search(index, expression);
    }

    private Optional<Dimension> search(Index index, Expression expression) {
        // inside, the name may denote another index, which is summed there
        boolean free = expression.indices().contains(index);
        boolean first = free
                && searched.computeIfAbsent(expression, any -> new HashSet<>()).add(index);
        return first ? inside(index, expression) : Optional.empty();
    }

    private Optional<Dimension> inside(Index index, Expression expression) {
        if (expression instanceof Variable variable) {
            return Optional.of(new Dimension(variable.name(), variable.at().indexOf(index)));
        }
        if (expression instanceof Delta delta) {
            return Optional.of(delta.length());
        }
        if (expression instanceof Ones ones) {
            return Optional.of(ones.length());
        }
        if (expression instanceof Inverse inverse) {
            return search(inverse.from(), inverse.argument()).or(() -> search(inverse.to(), inverse.argument()));
        }
        for (Expression part : Parts.of(expression)) {
            Optional<Dimension> found = search(index, part);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
