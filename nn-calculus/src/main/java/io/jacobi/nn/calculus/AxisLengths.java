package io.jacobi.nn.calculus;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Parts;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** Determines which axes of an expression's variables must have the same length because they share an index. */
final class AxisLengths {

    /** Union-find: maps each axis to one of the same length. An axis that maps to itself is a representative. */
    private final Map<Dimension, Dimension> parents = new LinkedHashMap<>();

    private final Map<String, Integer> ranks = new LinkedHashMap<>();
    private int indices;

    /** The axes of an expression; {@code variables} may also have variables of which it has only the length. */
    AxisLengths(Expression expression, Map<String, Integer> variables) {
        visit(expression, fresh(expression.indices(), new Scope(Map.of())));
        new TreeMap<>(variables).forEach(ranks::putIfAbsent);
    }

    /** The indices in scope, each with an artificial axis that is as long as the axes at which the index occurs. */
    private record Scope(Map<Index, Dimension> meanings) {

        Dimension at(Index index) {
            return Objects.requireNonNull(meanings.get(index));
        }
    }

    private Scope fresh(Set<Index> more, Scope outer) {
        Map<Index, Dimension> meanings = new HashMap<>(outer.meanings());
        more.forEach(index -> meanings.put(index, new Dimension("#", indices++)));
        return new Scope(meanings);
    }

    private void visit(Expression expression, Scope scope) {
        Scope inside = scope;
        if (expression instanceof Variable variable) {
            ranks.put(variable.name(), variable.at().size());
            for (int axis = 0; axis < variable.at().size(); axis++) {
                join(scope.at(variable.at().get(axis)), new Dimension(variable.name(), axis));
            }
        } else if (expression instanceof Delta delta) {
            join(scope.at(delta.first()), delta.length());
            join(scope.at(delta.second()), delta.length());
        } else if (expression instanceof Ones ones) {
            join(scope.at(ones.index()), ones.length());
        } else if (expression instanceof Contraction contraction) {
            inside = fresh(contraction.summed(), scope);
        } else if (expression instanceof Determinant of) {
            inside = square(of.row(), of.column());
        } else if (expression instanceof LogDeterminant of) {
            inside = square(of.row(), of.column());
        } else if (expression instanceof Inverse of) {
            inside = square(of.from(), of.to());
            join(inside.at(of.from()), scope.at(of.row()));
            join(inside.at(of.from()), scope.at(of.column()));
        }
        for (Expression part : Parts.of(expression)) {
            visit(part, inside);
        }
    }

    private Scope square(Index row, Index column) {
        Scope scope = fresh(Set.of(row, column), new Scope(Map.of()));
        join(scope.at(row), scope.at(column));
        return scope;
    }

    private void join(Dimension a, Dimension b) {
        parents.put(representative(a), representative(b));
    }

    private Dimension representative(Dimension dimension) {
        Dimension next = parents.computeIfAbsent(dimension, itself -> itself);
        return next.equals(dimension) ? dimension : representative(next);
    }

    /**
     * Checks that shapes fit the expression and each other.
     *
     * @throws ShapeException if they do not; the message names both axes and their lengths
     */
    void check(Map<String, long[]> shapes) {
        lengths(shapes);
    }

    private Map<Dimension, Dimension> lengths(Map<String, long[]> shapes) {
        Map<Dimension, Dimension> first = new HashMap<>();
        ranks.forEach((name, rank) -> {
            long[] shape = shapes.get(name);
            if (shape == null) {
                return;
            }
            if (shape.length != rank) {
                throw new ShapeException(
                        "The value of " + Excerpt.of(name) + " has the wrong number of axes",
                        rank + (rank == 1 ? " axis" : " axes"),
                        Arrays.toString(shape),
                        "give an array with one axis for each index of " + Excerpt.of(name));
            }
            for (int axis = 0; axis < rank; axis++) {
                Dimension here = new Dimension(name, axis);
                Dimension other = first.putIfAbsent(representative(here), here);
                if (other != null && length(other, shapes) != shape[axis]) {
                    throw new ShapeException(
                            Excerpt.of(other) + " and " + Excerpt.of(here) + " share an index but differ in length",
                            "equal lengths",
                            length(other, shapes) + " and " + shape[axis],
                            "give both axes the same length");
                }
            }
        });
        return first;
    }

    private static long length(Dimension dimension, Map<String, long[]> shapes) {
        return Objects.requireNonNull(shapes.get(dimension.variable()))[dimension.axis()];
    }

    /** The given shapes, completed for all variables; {@code free} returns the n-th length that nothing determines. */
    Map<String, long[]> complete(Map<String, long[]> given, IntUnaryOperator free) {
        Map<Dimension, Dimension> known = lengths(given);
        Map<Dimension, Long> lengths = new HashMap<>();
        known.forEach((representative, axis) -> lengths.put(representative, length(axis, given)));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        int[] made = {0};
        ranks.forEach((name, rank) -> {
            long[] shape = new long[rank];
            for (int axis = 0; axis < rank; axis++) {
                Dimension representative = representative(new Dimension(name, axis));
                shape[axis] = lengths.computeIfAbsent(representative, unknown -> (long) free.applyAsInt(made[0]++));
            }
            shapes.put(name, shape);
        });
        return shapes;
    }
}
