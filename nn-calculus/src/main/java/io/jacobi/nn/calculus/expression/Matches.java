package io.jacobi.nn.calculus.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the renamings of free indices that turn one expression into another. */
final class Matches {

    private Matches() {}

    /** Every injective renaming of free indices that turns {@code expected} into {@code found}. */
    static Stream<Map<Index, Index>> of(Expression expected, Expression found) {
        return extending(Map.of(), expected, found);
    }

    /** The renamings that extend {@code known}; they include its entries. */
    static Stream<Map<Index, Index>> extending(Map<Index, Index> known, Expression expected, Expression found) {
        if (!alike(expected, found)) {
            return Stream.empty();
        }
        String key = Key.of(found);
        return namings(known, List.copyOf(expected.indices()), List.copyOf(found.indices()))
                .filter(names -> Key.of(Renaming.rename(expected, names)).equals(key));
    }

    /** A quick test that excludes most pairs. */
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
