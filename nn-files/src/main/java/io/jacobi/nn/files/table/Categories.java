package io.jacobi.nn.files.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The positions of category names. */
final class Categories {

    private final Map<String, Integer> positions = new LinkedHashMap<>();

    Categories(String column, List<String> names) {
        for (String name : names) {
            if (positions.putIfAbsent(name, positions.size()) != null) {
                throw new IllegalArgumentException("Column " + TableException.quote(column) + " has the category "
                        + TableException.quote(name) + " twice\n  expected different names");
            }
        }
    }

    /** The position of a cell, if its category is known; a missing one never is. */
    Optional<Integer> find(@Nullable Object cell) {
        if (cell == null) {
            return Optional.empty();
        } else if (cell instanceof String text) {
            Integer position = positions.get(text.strip());
            if (position != null) {
                return Optional.of(position);
            }
        }
        for (String spelling : Cell.spellings(cell)) {
            Integer position = positions.get(spelling);
            if (position != null) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }
}
