package io.jacobi.nn.files.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers: {@code (transform(x) - shift) / scale}.
 *
 * @param scaling its shift, scale and fill are in the unit of the transformed number
 * @param decimalComma whether the cells are written with a decimal comma, as {@code 3,14}
 */
public record NumberEncoding(String column, NumberTransform transform, Scaling scaling, boolean decimalComma)
        implements ColumnEncoding, CellEncoder {

    @Override
    public List<String> features() {
        return scaling.features(column);
    }

    @Override
    public CellEncoder encoder() {
        return this;
    }

    @Override
    public void encode(@Nullable Object cell, float[] codes, int at) {
        if (cell == null || Cell.isMissing(cell)) {
            codes[at] = Float.NaN;
            return;
        }
        float scaled = scaling.scaled(transform.apply(Cell.number(column, cell, decimalComma)));
        if (Float.isInfinite(scaled)) {
            throw TableException.tooLarge(column, cell);
        }
        codes[at] = scaled;
    }

    @Override
    public void expand(float[] codes, int from, float[] features, int to) {
        scaling.expand(codes[from], features, to);
    }
}
