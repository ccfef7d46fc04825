package io.jacobi.nn.calculus.notation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of a formula stand for: how many axes each variable has. 0 is a number, 1 a vector, 2 a matrix; index notation takes
 * any. Immutable.
 */
public final class Variables {

    private final Map<String, Integer> ranks;

    private Variables(Map<String, Integer> ranks) {
        this.ranks = ranks;
    }

    /** Nothing declared: upper case letters are matrices, and lower case ones vectors or numbers by their use. */
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

    /** The same, with a variable of this many axes. */
    public Variables with(String name, int rank) {
        Map<String, Integer> more = new LinkedHashMap<>(ranks);
        more.put(name, rank);
        return new Variables(more);
    }

    /** Of what is declared, these. */
    Variables only(Set<String> names) {
        Map<String, Integer> some = new LinkedHashMap<>(ranks);
        some.keySet().retainAll(names);
        return new Variables(some);
    }

    public Optional<Integer> rank(String name) {
        return Optional.ofNullable(ranks.get(name));
    }

    /** All that is declared. */
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
