package io.jacobi.nn.files.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of categories, with one feature for each: 1 for the category of the cell, 0 for the others. A category that
 * the training rows do not have is all zeros, or has the feature of the pooled ones.
 *
 * @param categories the categories with a feature of their own
 * @param missing whether a further feature is 1 for a missing value; without it, a missing value is like an unknown one
 * @param other whether the last feature is 1 for all other categories: rare ones are pooled, and unknown ones are
 *     treated as rare
 */
public record OneHotEncoding(String column, List<String> categories, boolean missing, boolean other)
        implements ColumnEncoding {

    private static final int NONE = -1;

    public OneHotEncoding {
        categories = List.copyOf(categories);
    }

    @Override
    public List<String> features() {
        List<String> names = new ArrayList<>();
        categories.forEach(category -> names.add(column + "=" + category));
        if (missing) {
            names.add(column + " is missing");
        }
        if (other) {
            names.add(column + " is another");
        }
        return List.copyOf(names);
    }

    @Override
    public int width() {
        return categories.size() + (missing ? 1 : 0) + (other ? 1 : 0);
    }

    @Override
    public CellEncoder encoder() {
        Categories known = new Categories(column, categories);
        int width = width();
        int unknown = other ? width - 1 : NONE;
        int absent = missing ? categories.size() : unknown;
        return new CellEncoder() {
            @Override
            public void encode(@Nullable Object cell, float[] codes, int at) {
                codes[at] = known.find(cell).orElseGet(() -> Cell.isMissing(cell) ? absent : unknown);
            }

            @Override
            public void expand(float[] codes, int from, float[] features, int to) {
                Arrays.fill(features, to, to + width, 0);
                int position = (int) codes[from];
                if (position != NONE) {
                    features[to + position] = 1;
                }
            }
        };
    }
}
