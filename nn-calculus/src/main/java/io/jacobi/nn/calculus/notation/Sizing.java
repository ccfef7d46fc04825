package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Parts;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines the length of each I and each ones of a formula. Indices of equal length form a group: a delta and a
 * square matrix join the groups of two indices, and a variable at one of them determines the length of all.
 */
final class Sizing {

    /** Union-find: the parent of each group, or itself. */
    private final List<Integer> parents = new ArrayList<>();

    private final Map<Integer, Dimension> known = new HashMap<>();

    /** The groups of the I and ones whose length is not known, in the order in which they are visited. */
    private final List<Integer> unsized = new ArrayList<>();

    private int replaced;

    private Sizing() {}

    /**
     * Returns the expression with the length of every delta and ones.
     *
     * @throws IllegalArgumentException if the length of a delta or ones is not determined
     */
    static Expression of(Expression expression) {
        Sizing sizing = new Sizing();
        sizing.visit(expression, sizing.groups(expression.indices()));
        return sizing.unsized.isEmpty() ? expression : sizing.sized(expression);
    }

    private Map<Index, Integer> groups(Collection<Index> indices) {
        Map<Index, Integer> groups = new HashMap<>();
        indices.forEach(index -> groups.put(index, group()));
        return groups;
    }

    private int group() {
        parents.add(parents.size());
        return parents.size() - 1;
    }

    private int root(int group) {
        int root = group;
        while (parents.get(root) != root) {
            parents.set(root, parents.get(parents.get(root)));
            root = parents.get(root);
        }
        return root;
    }

    private void join(int a, int b) {
        int from = root(a);
        int to = root(b);
        parents.set(from, to);
        Optional.ofNullable(known.get(from)).ifPresent(length -> known.putIfAbsent(to, length));
    }

    private void learn(int group, Dimension length) {
        if (!length.equals(Unsized.UNKNOWN)) {
            known.putIfAbsent(root(group), length);
        }
    }

    private void visit(Expression expression, Map<Index, Integer> scope) {
        Map<Index, Integer> inside = scope;
        if (expression instanceof Variable variable) {
            for (int axis = 0; axis < variable.at().size(); axis++) {
                learn(at(scope, variable.at().get(axis)), new Dimension(variable.name(), axis));
            }
        } else if (expression instanceof Delta delta) {
            join(at(scope, delta.first()), at(scope, delta.second()));
            visitConstant(at(scope, delta.first()), delta.length());
        } else if (expression instanceof Ones ones) {
            visitConstant(at(scope, ones.index()), ones.length());
        } else if (expression instanceof Contraction contraction
                && !contraction.summed().isEmpty()) {
            inside = new HashMap<>(scope);
            inside.putAll(groups(contraction.summed()));
        } else if (expression instanceof Determinant of) {
            inside = square(of.row(), of.column());
        } else if (expression instanceof LogDeterminant of) {
            inside = square(of.row(), of.column());
        } else if (expression instanceof Inverse of) {
            inside = square(of.from(), of.to());
            join(at(inside, of.from()), at(scope, of.row()));
            join(at(inside, of.from()), at(scope, of.column()));
        }
        for (Expression part : Parts.of(expression)) {
            visit(part, inside);
        }
    }

    private void visitConstant(int group, Dimension length) {
        learn(group, length);
        if (length.equals(Unsized.UNKNOWN)) {
            unsized.add(group);
        }
    }

    private Map<Index, Integer> square(Index row, Index column) {
        Map<Index, Integer> scope = groups(List.of(row, column));
        join(at(scope, row), at(scope, column));
        return scope;
    }

    private static int at(Map<Index, Integer> scope, Index index) {
        return Optional.ofNullable(scope.get(index)).orElseThrow();
    }

    /** Visits the expression in the same order again. */
    private Expression sized(Expression expression) {
        if (expression instanceof Delta delta && delta.length().equals(Unsized.UNKNOWN)) {
            return new Delta(delta.first(), delta.second(), next("I"));
        }
        if (expression instanceof Ones ones && ones.length().equals(Unsized.UNKNOWN)) {
            return new Ones(ones.index(), next("ones"));
        }
        List<Expression> parts = Parts.of(expression);
        return parts.isEmpty()
                ? expression
                : Parts.replace(expression, parts.stream().map(this::sized).toList());
    }

    private Dimension next(String constant) {
        return Optional.ofNullable(known.get(root(unsized.get(replaced++))))
                .orElseThrow(() -> new IllegalArgumentException(constant + " has no known size"
                        + "\n  expected a variable that determines its size, as in A + I or A*ones"
                        + "\n  fix: write x.^0 for as many ones as x has elements, diag(x.^0) for the identity"));
    }
}
