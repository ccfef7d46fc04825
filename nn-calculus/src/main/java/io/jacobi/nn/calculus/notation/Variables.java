package io.jacobi.nn.calculus.notation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of a formula and their numbers of axes: 0 for a number, 1 for a vector, 2 for a matrix; index notation
 * allows any number. Immutable.
 */
public final class Variables {

    private final Map<String, Integer> ranks;

    private Variables(Map<String, Integer> ranks) {
        this.ranks = ranks;
    }

    /** No declarations: names in upper case are matrices; names in lower case are vectors or numbers by their use. */
    public static Variables inferred() {
        return new Variables(Map.of());
    }

    public Variables scalar(String name) {
        return with(name, 0);
    }

    public Variables vector(String name) {
        return with(name, 1);
    }

    public Variables matrix(String name) {
        return with(name, 2);
    }

    /** Returns a copy with a variable that has {@code rank} axes. */
    public Variables with(String name, int rank) {
        Map<String, Integer> more = new LinkedHashMap<>(ranks);
        more.put(name, rank);
        return new Variables(more);
    }

    /** Returns a copy with more variables. */
    Variables with(Map<String, Integer> more) {
        Map<String, Integer> all = new LinkedHashMap<>(ranks);
        all.putAll(more);
        return new Variables(all);
    }

    /** Returns a copy with the declarations of the given names only. */
    Variables only(Set<String> names) {
        Map<String, Integer> some = new LinkedHashMap<>(ranks);
        some.keySet().retainAll(names);
        return new Variables(some);
    }

    public Optional<Integer> rank(String name) {
        return Optional.ofNullable(ranks.get(name));
    }

    /** The declared variables and their numbers of axes. */
    public Map<String, Integer> ranks() {
        return Map.copyOf(ranks);
    }

    /** A rank in words. */
    static String kind(int rank) {
        return rank == 0
                ? "a scalar"
                : rank == 1 ? "a vector" : rank == 2 ? "a matrix" : "an array with " + rank + " axes";
    }
}
