package io.jacobi.nn.files.table;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of ordered categories, such as sizes: the position of the category in their order, counted from 0, scaled
 * like a number. A category that is not in the order counts as missing.
 *
 * @param order the categories, the lowest first
 */
public record OrdinalEncoding(String column, List<String> order, Scaling scaling) implements ColumnEncoding {

    public OrdinalEncoding {
        order = List.copyOf(order);
    }

    @Override
    public List<String> features() {
        return scaling.features(column);
    }

    @Override
    public CellEncoder encoder() {
        Categories categories = new Categories(column, order);
        return new CellEncoder() {
            @Override
            public void encode(@Nullable Object cell, float[] codes, int at) {
                Optional<Integer> position = categories.find(cell);
                codes[at] = position.isPresent() ? scaling.scaled(position.get()) : Float.NaN;
            }

            @Override
            public void expand(float[] codes, int from, float[] features, int to) {
                scaling.expand(codes[from], features, to);
            }
        };
    }
}
