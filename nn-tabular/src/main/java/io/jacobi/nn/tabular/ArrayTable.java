package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A table of the numbers in arrays, such as those of numpy. The features {@code [rows, n]} are the columns x0, x1, ...
 * The targets {@code [rows]} are the column y, or {@code [rows, m]} the columns y0, y1, ...
 */
public final class ArrayTable implements Table {

    private final String name;
    private final List<String> columns;
    private final INDArray features;
    private final int width;
    private final List<IntFunction<List<? extends Number>>> parts;

    private ArrayTable(
            String name, List<String> columns, INDArray features, List<IntFunction<List<? extends Number>>> parts) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.features = features;
        this.width = Math.toIntExact(features.length() / features.size(0));
        this.parts = List.copyOf(parts);
    }

    /**
     * Returns a table of features.
     *
     * @param features {@code [rows, n]}, FLOAT or DOUBLE, dense and row-major; it must stay open
     * @throws TableException if it has another rank
     */
    public static ArrayTable of(String name, INDArray features) {
        if (features.rank() != 2) {
            throw new TableException(
                    name + " has features of shape " + Arrays.toString(features.shape()),
                    "[rows, columns]",
                    "reshape them to two dimensions");
        }
        return new ArrayTable(name, names("x", features), features, List.of(rows(features)));
    }

    /**
     * Returns a copy with targets that are numbers.
     *
     * @param targets {@code [rows]} or {@code [rows, m]}, FLOAT or DOUBLE, dense and row-major; it must stay open
     * @throws TableException if it has another number of rows, or another rank
     */
    public ArrayTable withTarget(INDArray targets) {
        if (targets.rank() == 0 || targets.rank() > 2) {
            throw new TableException(
                    name + " has targets of shape " + Arrays.toString(targets.shape()),
                    "[rows] or [rows, columns]",
                    "reshape them");
        }
        requireRows(targets.size(0));
        return with(targets.rank() == 1 ? List.of("y") : names("y", targets), rows(targets));
    }

    /**
     * Returns a copy with a target that is a whole number, such as the index of a class.
     *
     * @throws TableException if there is another number of them than of rows
     */
    public ArrayTable withTarget(int... targets) {
        requireRows(targets.length);
        int[] copy = targets.clone();
        return with(List.of("y"), row -> List.of(copy[row]));
    }

    private void requireRows(long rows) {
        if (rows != features.size(0)) {
            throw new TableException(
                    name + " has " + rows + " targets for " + features.size(0) + " rows",
                    "a target for each row",
                    "store arrays that belong together");
        }
    }

    private ArrayTable with(List<String> names, IntFunction<List<? extends Number>> part) {
        List<String> allNames = new ArrayList<>(columns);
        allNames.addAll(names);
        List<IntFunction<List<? extends Number>>> all = new ArrayList<>(parts);
        all.add(part);
        return new ArrayTable(name, allNames, features, all);
    }

    private static List<String> names(String prefix, INDArray array) {
        return IntStream.range(0, (int) array.size(1)).mapToObj(i -> prefix + i).toList();
    }

    /** Reads the rows of an array. A FLOAT is shown with the digits of a float. */
    private static IntFunction<List<? extends Number>> rows(INDArray array) {
        int n = Math.toIntExact(array.length() / array.size(0));
        if (array.dataType() == DataType.FLOAT) {
            Scratch scratch = new Scratch();
            float[] row = new float[n];
            return index -> {
                Vectors.get(scratch, array, index * n, row);
                List<Float> cells = new ArrayList<>(n);
                for (float cell : row) {
                    cells.add(cell);
                }
                return cells;
            };
        }
        double[] all = Vectors.toDoubles(array);
        return index -> IntStream.range(index * n, (index + 1) * n)
                .mapToObj(i -> all[i])
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void forEach(RowConsumer consumer) throws IOException {
        for (int row = 0; row < features.size(0); row++) {
            List<@Nullable Object> cells = new ArrayList<>(columns.size());
            for (IntFunction<List<? extends Number>> part : parts) {
                cells.addAll(part.apply(row));
            }
            try {
                consumer.accept(row, Collections.unmodifiableList(cells));
            } catch (TableException e) {
                throw e.in(name + ", row " + row);
            }
        }
    }

    @Override
    public String toString() {
        return name + ", " + features.size(0) + " rows of " + width + " numbers";
    }
}
