package io.jacobi.nn.calculus.expression;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Renames free indices. A summed index that would be confused with a new name is renamed too. */
public final class Renaming implements Rewriting {

    private final Map<Index, Index> names;

    private Renaming(Map<Index, Index> names) {
        this.names = names;
    }

    /** Returns the expression with {@code from} renamed to {@code to}. */
    public static Expression rename(Expression expression, Index from, Index to) {
        return rename(expression, Map.of(from, to));
    }

    /** Returns the expression with some free indices renamed; several may get the same name. */
    public static Expression rename(Expression expression, Map<Index, Index> names) {
        Map<Index, Index> free = names.entrySet().stream()
                .filter(entry -> expression.indices().contains(entry.getKey())
                        && !entry.getKey().equals(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return free.isEmpty() ? expression : expression.accept(new Renaming(free));
    }

    /** Returns the contraction with its summed indices renamed so that none is in {@code taken}. */
    static Contraction freshen(Contraction contraction, Set<Index> taken) {
        Set<Index> avoid = new HashSet<>(taken);
        avoid.addAll(Indices.of(contraction.factors()));
        Map<Index, Index> fresh = new HashMap<>();
        for (Index summed : contraction.summed()) {
            if (taken.contains(summed)) {
                fresh.put(summed, Index.unlike(avoid));
                avoid.add(fresh.get(summed));
            }
        }
        return fresh.isEmpty()
                ? contraction
                : new Contraction(contraction.scale(), renameAll(contraction.factors(), fresh), contraction.indices());
    }

    static List<Expression> renameAll(List<Expression> expressions, Map<Index, Index> names) {
        return expressions.stream().map(part -> rename(part, names)).toList();
    }

    private Index name(Index index) {
        return names.getOrDefault(index, index);
    }

    @Override
    public Expression variable(Variable variable) {
        return new Variable(
                variable.name(), variable.at().stream().map(this::name).toList());
    }

    @Override
    public Expression delta(Delta delta) {
        return new Delta(name(delta.first()), name(delta.second()), delta.length());
    }

    @Override
    public Expression ones(Ones ones) {
        return new Ones(name(ones.index()), ones.length());
    }

    @Override
    public Expression contraction(Contraction contraction) {
        Contraction safe = freshen(contraction, Set.copyOf(names.values()));
        Set<Index> free = safe.indices().stream().map(this::name).collect(Collectors.toCollection(LinkedHashSet::new));
        return new Contraction(safe.scale(), renameAll(safe.factors(), names), free);
    }

    @Override
    public Expression sum(Sum sum) {
        return new Sum(renameAll(sum.terms(), names));
    }

    @Override
    public Expression mapped(Mapped mapped) {
        return new Mapped(mapped.function(), rename(mapped.argument(), names));
    }

    @Override
    public Expression determinant(Determinant determinant) {
        return determinant;
    }

    @Override
    public Expression logDeterminant(LogDeterminant determinant) {
        return determinant;
    }

    @Override
    public Expression inverse(Inverse inverse) {
        return new Inverse(
                inverse.argument(), inverse.from(), inverse.to(), name(inverse.row()), name(inverse.column()));
    }
}
