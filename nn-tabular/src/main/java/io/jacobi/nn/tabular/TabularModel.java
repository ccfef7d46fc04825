package io.jacobi.nn.tabular;

import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers for raw rows of a table: its preprocessing is part of it. Any number of threads may ask one
 * model.
 *
 * <pre>{@code
 * try (TabularModel model = TabularModel.load(file)) {
 *     String job = model.predict(Map.of("age", 41, "city", "Bern")).label();
 * }
 * }</pre>
 */
public final class TabularModel implements AutoCloseable {

    private final Sequential network;
    private final TableEncoding encoding;
    private final Optional<TrainingRecord> training;
    private final Predictor predictor;
    private final RowEncoder byName;

    TabularModel(Sequential network, TableEncoding encoding, Optional<TrainingRecord> training) {
        this.network = network;
        this.encoding = encoding;
        this.training = training;
        this.predictor = Predictor.of(network);
        this.byName = RowEncoder.of(encoding);
    }

    /** The network behind the preprocessing. */
    public Sequential network() {
        return network;
    }

    /** The preprocessing, and how outputs become answers. */
    public TableEncoding encoding() {
        return encoding;
    }

    /**
     * Answers for a row that is given by the names of its columns. A missing value is null or an empty text.
     *
     * @throws io.jacobi.nn.files.table.TableException if a column is missing or unknown, or a cell is not of its
     *     column's kind
     */
    public Answer predict(Map<String, ? extends @Nullable Object> row) {
        return answer(byName.features(row));
    }

    private Answer answer(float[] features) {
        return encoding.target().answer(predictor.predict(features));
    }

    /** Answers for each row of a table, in order, while it is read: the table may be larger than memory. */
    public void predict(Table table, BiConsumer<List<? extends @Nullable Object>, Answer> consumer) throws IOException {
        RowEncoder rows = RowEncoder.of(encoding, table.columns());
        table.forEach((index, cells) -> consumer.accept(cells, answer(rows.features(cells))));
    }

    @Override
    public void close() {
        predictor.close();
    }

    @Override
    public String toString() {
        return "TabularModel of " + network + training.map(record -> ", trained on " + record.dataSet()).orElse("");
    }
}
