package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A contraction that is being simplified. */
final class Product {

    private double scale;
    private final Set<Index> free;
    private final List<Expression> factors = new ArrayList<>();

    /** Simplifies a contraction whose factors are simplified. They are not simplified again, at any depth. */
    static Expression simplify(Contraction ofSimplified) {
        return new Product(ofSimplified).simplified();
    }

    private Product(Contraction contraction) {
        scale = contraction.scale();
        free = contraction.indices();
        Set<Index> taken = new HashSet<>(Indices.of(contraction.factors()));
        contraction.factors().forEach(factor -> flatten(factor, taken));
    }

    /** Replaces a factor by its own factors; their summed indices get names that do not occur here. */
    private void flatten(Expression factor, Set<Index> taken) {
        if (factor instanceof Constant constant) {
            scale = Numbers.times(scale, constant.value());
        } else if (factor instanceof Contraction nested) {
            Contraction fresh = Renaming.freshen(nested, taken);
            taken.addAll(Indices.of(fresh.factors()));
            scale = Numbers.times(scale, fresh.scale());
            fresh.factors().forEach(inner -> flatten(inner, taken));
        } else {
            factors.add(factor);
        }
    }

    private Expression simplified() {
        Expression before = product(factors);
        if (scale == 0) {
            return LikeTerms.zero(before);
        }
        Optional<Expression> distributed = distributed();
        if (distributed.isPresent()) {
            return distributed.get();
        }
        while (eliminateDelta() || eliminateOnes()) {
            // one at a time, because each elimination changes the indices of the others
        }
        Optional<Expression> shorter = termByTerm();
        if (shorter.isPresent()) {
            return shorter.get();
        }
        List<Expression> merged = new SameBases(factors, free).merged();
        if (!merged.equals(factors)) {
            return simplify(product(merged));
        }
        return LikeTerms.unwrap(product(factors));
    }

    private Contraction product(List<Expression> of) {
        return new Contraction(scale, of, free);
    }

    /** (a + δ) b = a b + δ b: inside a sum, a delta cannot act on b. */
    private Optional<Expression> distributed() {
        for (int at = 0; at < factors.size(); at++) {
            if (factors.size() > 1 && factors.get(at) instanceof Sum sum && hasDelta(sum)) {
                int position = at;
                List<Expression> terms = sum.terms().stream()
                        .map(term -> simplify(product(replaced(position, term))))
                        .toList();
                return Optional.of(LikeTerms.collect(terms));
            }
        }
        return Optional.empty();
    }

    /** Σ_k (x_k − Σ_l x_l / n) = 0: sums a factor term by term if that leaves fewer terms. */
    private Optional<Expression> termByTerm() {
        for (int at = 0; at < factors.size(); at++) {
            if (factors.get(at) instanceof Sum sum) {
                Set<Index> open = new HashSet<>(free);
                List<Expression> others = new ArrayList<>(factors);
                others.remove(at);
                open.addAll(Indices.of(others));
                Set<Index> kept = new LinkedHashSet<>(sum.indices());
                kept.retainAll(open);
                Expression total = kept.size() < sum.indices().size() ? total(sum, kept) : sum;
                if (LikeTerms.count(total) < sum.terms().size()) {
                    return Optional.of(simplify(product(replaced(at, total))));
                }
            }
        }
        return Optional.empty();
    }

    private static Expression total(Sum sum, Set<Index> kept) {
        return LikeTerms.collect(sum.terms().stream()
                .map(term -> simplify(new Contraction(1, List.of(term), kept)))
                .toList());
    }

    private List<Expression> replaced(int at, Expression factor) {
        List<Expression> others = new ArrayList<>(factors);
        others.set(at, factor);
        return others;
    }

    private static boolean hasDelta(Sum sum) {
        return sum.terms().stream()
                .flatMap(term -> term instanceof Contraction product ? product.factors().stream() : Stream.of(term))
                .anyMatch(Delta.class::isInstance);
    }

    /** Σ_i δ_ij x_i = x_j. If i and j are both free, x_i and x_j are equal, and i is used. */
    private boolean eliminateDelta() {
        for (int at = 0; at < factors.size(); at++) {
            if (!(factors.get(at) instanceof Delta delta)) {
                continue;
            }
            Index gone = !free.contains(delta.first()) ? delta.first() : delta.second();
            Index stays = gone.equals(delta.first()) ? delta.second() : delta.first();
            List<Expression> others = new ArrayList<>(factors);
            others.remove(at);
            boolean changed = Indices.of(others).contains(gone) || !free.contains(gone) || gone.equals(stays);
            if (changed) {
                factors.clear();
                others.forEach(other -> factors.add(Renaming.rename(other, gone, stays)));
                factors.add(
                        Math.min(at, factors.size()),
                        free.contains(gone) && !gone.equals(stays) ? delta : new Ones(stays, delta.length()));
                return true;
            }
        }
        return false;
    }

    /** x_i 1_i = x_i, and Σ_i 1_i is a length. */
    private boolean eliminateOnes() {
        for (int at = 0; at < factors.size(); at++) {
            if (!(factors.get(at) instanceof Ones ones)) {
                continue;
            }
            List<Expression> others = new ArrayList<>(factors);
            others.remove(at);
            boolean elsewhere = Indices.of(others).contains(ones.index());
            if (elsewhere) {
                factors.remove(at);
                return true;
            }
            if (!free.contains(ones.index())) {
                factors.set(at, new Size(ones.length()));
                return true;
            }
        }
        return false;
    }
}
