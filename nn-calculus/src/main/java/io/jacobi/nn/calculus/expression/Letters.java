package io.jacobi.nn.calculus.expression;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names indices i, j, k, ... in the order in which they are read, so that no letter has two meanings. */
public final class Letters implements Rewriting {

    private final Set<Index> taken;
    private final boolean keep;

    private Letters(Set<Index> taken, boolean keep) {
        this.taken = taken;
        this.keep = keep;
    }

    /** Renames the summed indices; free indices keep their names. */
    public static Expression renew(Expression expression) {
        return expression.accept(new Letters(expression.indices(), false));
    }

    /** Renames only the summed indices whose names also occur around them; free indices keep their names. */
    public static Expression untangle(Expression expression) {
        return expression.accept(new Letters(expression.indices(), true));
    }

    private Expression inside(Expression expression, Set<Index> used) {
        return expression.accept(new Letters(used, keep));
    }

    private List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(part -> part.accept(this)).toList();
    }

    @Override
    public Expression contraction(Contraction contraction) {
        // first renames the summed indices apart, because a letter assigned below may be the name of another summed
        // index
        Contraction apart = Renaming.freshen(
                contraction, keep ? taken : letters(contraction.summed().size()));
        Map<Index, Index> names = new HashMap<>();
        Set<Index> used = new HashSet<>(taken);
        for (Index summed : apart.summed()) {
            Index letter = keep ? summed : Index.unlike(used);
            names.put(summed, letter);
            used.add(letter);
        }
        List<Expression> factors = apart.factors().stream()
                .map(factor -> inside(Renaming.rename(factor, names), used))
                .toList();
        return new Contraction(apart.scale(), factors, apart.indices());
    }

    /** The letters that could be assigned to {@code count} indices here. */
    private Set<Index> letters(int count) {
        Set<Index> letters = new LinkedHashSet<>(taken);
        for (int i = 0; i < count; i++) {
            letters.add(Index.unlike(letters));
        }
        return letters;
    }

    @Override
    public Expression sum(Sum sum) {
        return new Sum(all(sum.terms()));
    }

    @Override
    public Expression mapped(Mapped mapped) {
        return new Mapped(mapped.function(), mapped.argument().accept(this));
    }

    @Override
    public Expression determinant(Determinant determinant) {
        List<Index> pair = pair();
        return new Determinant(
                matrix(determinant.argument(), determinant.row(), determinant.column(), pair),
                pair.get(0),
                pair.get(1));
    }

    @Override
    public Expression logDeterminant(LogDeterminant determinant) {
        List<Index> pair = pair();
        return new LogDeterminant(
                matrix(determinant.argument(), determinant.row(), determinant.column(), pair),
                pair.get(0),
                pair.get(1));
    }

    @Override
    public Expression inverse(Inverse inverse) {
        List<Index> pair = pair();
        Expression argument = matrix(inverse.argument(), inverse.from(), inverse.to(), pair);
        return new Inverse(argument, pair.get(0), pair.get(1), inverse.row(), inverse.column());
    }

    private List<Index> pair() {
        Set<Index> used = new HashSet<>(taken);
        Index row = Index.unlike(used);
        used.add(row);
        return List.of(row, Index.unlike(used));
    }

    private Expression matrix(Expression argument, Index row, Index column, List<Index> pair) {
        Set<Index> used = new HashSet<>(taken);
        used.addAll(pair);
        return inside(Renaming.rename(argument, Map.of(row, pair.get(0), column, pair.get(1))), used);
    }
}
