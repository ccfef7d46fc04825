package io.jacobi.nn.files.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number or several. The model learns {@code (transform(y) - shift) / scale}, and the answer is in the unit of the
 * column again.
 */
public record NumbersTarget(List<Column> numbers) implements TargetEncoding {

    /** A column of numbers; {@code shift} and {@code scale} are in the unit of the transformed number. */
    public record Column(String name, NumberTransform transform, double shift, double scale, boolean decimalComma) {

        public Column {
            if (!Double.isFinite(shift) || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("The target " + TableException.quote(name) + " has shift " + shift
                        + " and scale " + scale + "\n  expected finite numbers, and a positive scale");
            }
        }
    }

    public NumbersTarget {
        numbers = List.copyOf(numbers);
    }

    @Override
    public List<String> columns() {
        return numbers.stream().map(Column::name).toList();
    }

    @Override
    public int outputs() {
        return numbers.size();
    }

    @Override
    public int width() {
        return numbers.size();
    }

    @Override
    public void encode(List<? extends @Nullable Object> cells, float[] targets, int at) {
        for (int i = 0; i < numbers.size(); i++) {
            Column column = numbers.get(i);
            Object cell = cells.get(i);
            if (cell == null || Cell.isMissing(cell)) {
                throw TargetEncoding.missing(column.name());
            }
            double y = Cell.number(column.name(), cell, column.decimalComma());
            float scaled = (float) ((column.transform().apply(y) - column.shift()) / column.scale());
            if (Float.isInfinite(scaled)) {
                throw TableException.tooLarge(column.name(), cell);
            }
            targets[at + i] = scaled;
        }
    }

    @Override
    public Answer answer(float[] outputs) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            Column column = numbers.get(i);
            named.put(column.name(), column.transform().invert(outputs[i] * column.scale() + column.shift()));
        }
        return new Answer.OfNumbers(named);
    }
}
