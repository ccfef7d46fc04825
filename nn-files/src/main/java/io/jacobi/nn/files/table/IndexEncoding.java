package io.jacobi.nn.files.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of many categories for an embedding: one feature, the number of the category from 1. A missing, rare or
 * unknown category is 0, so the embedding has one row more than there are categories.
 *
 * @param categories the categories with a row of their own
 */
public record IndexEncoding(String column, List<String> categories) implements ColumnEncoding {

    public IndexEncoding {
        categories = List.copyOf(categories);
    }

    /** The number of rows of the embedding. */
    public int rows() {
        return categories.size() + 1;
    }

    @Override
    public List<String> features() {
        return List.of(column);
    }

    @Override
    public CellEncoder encoder() {
        Categories known = new Categories(column, categories);
        return new CellEncoder() {
            @Override
            public void encode(@Nullable Object cell, float[] codes, int at) {
                codes[at] = known.find(cell).map(position -> position + 1).orElse(0);
            }

            @Override
            public void expand(float[] codes, int from, float[] features, int to) {
                features[to] = codes[from];
            }
        };
    }
}
