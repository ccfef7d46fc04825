package io.jacobi.nn.examples;

import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.tabular.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table without the columns that are only copied to the answers and that the model does not know, such as an id. While
 * the table is read, {@link #kept} has the copied cells of the row.
 */
final class KeptColumns implements Table {

    private final Table table;
    private final int[] copied;
    private final int[] passed;
    private final List<@Nullable Object> kept = new ArrayList<>();

    KeptColumns(Table table, List<String> names, TableEncoding encoding) {
        this.table = table;
        Set<String> known = new HashSet<>(encoding.ignored());
        known.addAll(encoding.target().columns());
        encoding.columns().forEach(column -> known.add(column.column()));
        this.copied = names.stream().mapToInt(table.columns()::indexOf).toArray();
        this.passed = IntStream.range(0, table.columns().size())
                .filter(i -> known.contains(table.columns().get(i))
                        || !names.contains(table.columns().get(i)))
                .toArray();
    }

    /** The cells of the copied columns in the row that is being read. */
    List<@Nullable Object> kept() {
        return kept;
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public List<String> columns() {
        return IntStream.of(passed).mapToObj(table.columns()::get).toList();
    }

    @Override
    public void forEach(RowConsumer consumer) throws IOException {
        if (passed.length == table.columns().size() && copied.length == 0) {
            table.forEach(consumer);
            return;
        }
        List<@Nullable Object> cells = new ArrayList<>();
        table.forEach((index, all) -> {
            kept.clear();
            for (int i : copied) {
                kept.add(all.get(i));
            }
            cells.clear();
            for (int i : passed) {
                cells.add(all.get(i));
            }
            consumer.accept(index, Collections.unmodifiableList(cells));
        });
    }
}
