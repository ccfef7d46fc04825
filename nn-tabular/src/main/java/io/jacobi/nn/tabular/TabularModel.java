package io.jacobi.nn.tabular;

import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.Answer;
import io.jacobi.nn.files.table.ColumnEncoding;
import io.jacobi.nn.files.table.RowEncoder;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers for raw rows of a table: its preprocessing is part of it. Any number of threads may ask one
 * model. The answer for a row is the same to the bit however the row is given, in every process with the same file on
 * the same kind of processor.
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

    /** Takes over the caller's hold of the network. */
    TabularModel(Sequential network, TableEncoding encoding, Optional<TrainingRecord> training) {
        this.network = network;
        this.encoding = encoding;
        this.training = training;
        this.predictor = Predictor.of(network);
        this.byName = RowEncoder.of(encoding);
    }

    /**
     * Loads a model that {@link #save} wrote.
     *
     * @throws ModelFormatException if the file is damaged, or is not a model of a table
     * @throws IOException if the file cannot be read
     */
    public static TabularModel load(Path path) throws IOException {
        ModelFile file = ModelFile.load(path);
        try {
            return of(file);
        } catch (ModelFormatException e) {
            throw e.in(path);
        } finally {
            file.model().close();
        }
    }

    /**
     * Returns the model of a file that has been loaded, which answers with the file's own weights. The file's model may
     * be closed afterwards.
     *
     * @throws ModelFormatException if the file is not of a model of a table
     */
    public static TabularModel of(ModelFile file) throws ModelFormatException {
        TableEncoding encoding = file.table()
                .orElseThrow(() -> new ModelFormatException(
                        "this is a model of arrays and not of a table: it has no columns",
                        "a model that TabularModel.save wrote",
                        "give it arrays, with Predictor.of(file.model()) or Classifier.load(path),"
                                + " or store its columns with ModelFile.withTable"));
        return new TabularModel(file.model().share(), encoding, file.training());
    }

    /** This model as a file that is not yet written; its weights are this model's. */
    public ModelFile file() {
        ModelFile file = ModelFile.of(network).withTable(encoding);
        return training.map(file::withTraining).orElse(file);
    }

    /**
     * Writes the network, the preprocessing and the training record into one file, completely or not at all.
     *
     * @throws ModelFormatException if the model cannot be stored
     * @throws IOException if the file cannot be written
     */
    public void save(Path path) throws IOException {
        file().save(path);
    }

    /** The columns that the model reads, in the order of {@link #predict(List)}. */
    public List<String> columns() {
        return encoding.columns().stream().map(ColumnEncoding::column).toList();
    }

    /** How the model was trained, if it is known. */
    public Optional<TrainingRecord> training() {
        return training;
    }

    /** The network behind the preprocessing; it is closed with this model. */
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
     * @throws TableException if a column is missing or unknown, or a cell is not of its column's kind
     */
    public Answer predict(Map<String, ? extends @Nullable Object> row) {
        return answer(byName.features(row));
    }

    /**
     * Answers for a row whose cells have the order of {@link #columns}. A missing value is null or an empty text.
     *
     * @throws TableException if the row has another number of cells, or a cell is not of its column's kind
     */
    public Answer predict(List<? extends @Nullable Object> row) {
        return answer(byName.features(row));
    }

    /** Answers for a row whose cells have the order of {@link #columns}; see {@link #predict(List)}. */
    public Answer predict(@Nullable Object... row) {
        return predict(Arrays.asList(row));
    }

    // always one row at a time: a product of a matrix and many rows may round the last bit of a row in another way
    private Answer answer(float[] features) {
        return encoding.target().answer(predictor.predict(features));
    }

    /**
     * Answers for each row of a table, in order, while it is read: the table may be larger than memory. Columns are
     * matched by name; the target's and the ignored ones may be absent.
     *
     * @throws IOException if the table cannot be read
     * @throws TableException if a column is missing or unknown, or a cell is not of its column's kind; the message
     *     begins with the place of the row
     */
    public void predict(Table table, AnswerConsumer consumer) throws IOException {
        RowEncoder rows = encoder(table);
        table.forEach((index, cells) -> consumer.accept(cells, answer(rows.features(cells))));
    }

    private RowEncoder encoder(Table table) {
        try {
            return RowEncoder.of(encoding, table.columns());
        } catch (TableException e) {
            throw e.in(table.name());
        }
    }

    /** Returns the answers for the rows of a table, in order; see {@link #predict(Table, AnswerConsumer)}. */
    public List<Answer> predict(Table table) throws IOException {
        List<Answer> answers = new ArrayList<>();
        predict(table, (cells, answer) -> answers.add(answer));
        return answers;
    }

    /** Receives rows and their answers. */
    @FunctionalInterface
    public interface AnswerConsumer {

        /**
         * Receives a row and its answer.
         *
         * @param cells the cells of the table's row; the list is valid during the call only
         */
        void accept(List<? extends @Nullable Object> cells, Answer answer) throws IOException;
    }

    /** Frees the memory of the model; calls in progress end as usual. */
    @Override
    public void close() {
        predictor.close();
        network.close();
    }

    @Override
    public String toString() {
        return "TabularModel of " + network
                + training.map(record -> ", trained on " + record.dataSet()).orElse("");
    }
}
