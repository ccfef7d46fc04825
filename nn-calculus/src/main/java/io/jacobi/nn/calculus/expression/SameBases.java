package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects powers with the same base in a product: x_i x_i is x_i², and det(A) det(A)⁻¹ is 1; √x √x stays, because it
 * is x only where x is not negative. Factors that share their
 * summed indices with no other factor form a number, such as x_i x_i with its sum, which can also be the base of a
 * power.
 */
final class SameBases {

    private record Raised(Expression base, double exponent) {

        boolean mayTake(Raised other) {
            return Powers.mayAdd(base, exponent, other.exponent);
        }

        Raised plus(Raised other) {
            return new Raised(base, Numbers.plus(exponent, other.exponent));
        }
    }

    private final List<Expression> factors;
    private final Set<Index> free;

    SameBases(List<Expression> factors, Set<Index> free) {
        this.factors = factors;
        this.free = free;
    }

    /** The factors, fewer if powers were collected; the same list if there was nothing to collect. */
    List<Expression> merged() {
        List<Expression> once = collect(factors);
        return once.size() < factors.size() ? once : joined();
    }

    /**
     * Collects with each closed group of factors as one factor; the original factors if no two groups have the same
     * base.
     */
    private List<Expression> joined() {
        List<Expression> groups = groups();
        List<Expression> collected = collect(groups);
        return collected.size() < groups.size() ? collected : factors;
    }

    private static List<Expression> collect(List<Expression> factors) {
        Map<String, Raised> bases = new LinkedHashMap<>();
        List<Expression> apart = new ArrayList<>();
        for (Expression factor : factors) {
            Raised raised = new Raised(Powers.base(factor), Powers.exponent(factor));
            Raised before = bases.putIfAbsent(Key.of(raised.base()), raised);
            if (before != null && before.mayTake(raised)) {
                bases.put(Key.of(raised.base()), before.plus(raised));
            } else if (before != null) {
                apart.add(factor);
            }
        }
        List<Expression> collected = new ArrayList<>();
        bases.values().forEach(raised -> collected.add(Powers.raise(raised.base(), raised.exponent())));
        collected.addAll(apart);
        return collected;
    }

    /** Combines factors that are connected by summed indices into one number, if none of them has a free index. */
    private List<Expression> groups() {
        List<Expression> groups = new ArrayList<>();
        for (List<Expression> group : connected()) {
            Set<Index> indices = Indices.of(group);
            boolean number = !indices.isEmpty() && indices.stream().noneMatch(free::contains);
            if (number) {
                groups.add(new Contraction(1, group, Set.of()));
            } else {
                groups.addAll(group);
            }
        }
        return groups;
    }

    /** The factors, those that share summed indices together, in the order of the first of them. */
    private Collection<List<Expression>> connected() {
        int[] first = new int[factors.size()];
        Map<Index, Integer> owners = new HashMap<>();
        for (int at = 0; at < first.length; at++) {
            first[at] = at;
            for (Index index : factors.get(at).indices()) {
                if (!free.contains(index)) {
                    int owner = root(first, owners.getOrDefault(index, at));
                    int own = root(first, at);
                    first[Math.max(owner, own)] = Math.min(owner, own);
                    owners.putIfAbsent(index, at);
                }
            }
        }
        Map<Integer, List<Expression>> groups = new TreeMap<>();
        for (int at = 0; at < first.length; at++) {
            groups.computeIfAbsent(root(first, at), any -> new ArrayList<>()).add(factors.get(at));
        }
        return groups.values();
    }

    private static int root(int[] first, int at) {
        int root = at;
        while (first[root] != root) {
            first[root] = first[first[root]];
            root = first[root];
        }
        return root;
    }
}
