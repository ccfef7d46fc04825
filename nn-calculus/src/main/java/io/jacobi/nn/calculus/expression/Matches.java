package io.jacobi.nn.calculus.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds how the free indices of one expression have to be called for it to be another. */
final class Matches {

    private Matches() {}

    /** Every renaming, of distinct indices to distinct ones, that makes {@code expected} what {@code found} is. */
    static Stream<Map<Index, Index>> of(Expression expected, Expression found) {
        return extending(Map.of(), expected, found);
    }

    /** The same, of those that agree with what is known already; they hold that as well. */
    static Stream<Map<Index, Index>> extending(Map<Index, Index> known, Expression expected, Expression found) {
        if (!alike(expected, found)) {
            return Stream.empty();
        }
        String key = Key.of(found);
        return namings(known, List.copyOf(expected.indices()), List.copyOf(found.indices()))
                .filter(names -> Key.of(Renaming.rename(expected, names)).equals(key));
    }

    /** Whether it is worth a try. */
    private static boolean alike(Expression expected, Expression found) {
        return expected.getClass().equals(found.getClass())
                && expected.indices().size() == found.indices().size()
                && Parts.of(expected).size() == Parts.of(found).size();
    }

    private static Stream<Map<Index, Index>> namings(Map<Index, Index> known, List<Index> from, List<Index> to) {
        if (from.isEmpty()) {
            return Stream.of(known);
        }
        Index next = from.get(0);
        List<Index> later = from.subList(1, from.size());
        Index given = known.get(next);
        if (given != null) {
            return to.contains(given) ? namings(known, later, to) : Stream.empty();
        }
        return to.stream().filter(index -> !known.containsValue(index)).flatMap(index -> {
            Map<Index, Index> more = new HashMap<>(known);
            more.put(next, index);
            return namings(more, later, to);
        });
    }
}
