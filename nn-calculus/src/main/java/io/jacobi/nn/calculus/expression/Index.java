package io.jacobi.nn.calculus.expression;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The name of an index, such as the i of x_i. Within an expression, indices with equal names are the same index. */
public record Index(String name) implements Comparable<Index> {

    public Index {
        if (!name.matches("[a-zA-Z][a-zA-Z0-9]*")) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name an index"
                    + "\n  expected a letter, followed by letters and digits\n  fix: call it i or i1");
        }
    }

    public static Index of(String name) {
        return new Index(name);
    }

    /** The first of i, j, ... z, a, ... h, i1, j1, ... that is not in {@code taken}. */
    public static Index unlike(Set<Index> taken) {
        return all().filter(index -> !taken.contains(index)).findFirst().orElseThrow();
    }

    /** The endless sequence i, j, ... z, a, ... h, i1, j1, ... */
    public static Stream<Index> all() {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> (char) ('a' + (n + 'i' - 'a') % 26) + (n < 26 ? "" : Integer.toString(n / 26)))
                .map(Index::new);
    }

    @Override
    public int compareTo(Index other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
