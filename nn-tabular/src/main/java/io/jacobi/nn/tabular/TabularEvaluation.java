package io.jacobi.nn.tabular;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.files.table.TableException;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.metric.Report;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How good a model of a table is, by the metrics that fit its target: see {@link Report}. */
public final class TabularEvaluation {

    private static final int BATCH = 256;

    private TabularEvaluation() {}

    /**
     * Compares the answers for all rows of a table with its target, while it is read: the table may be larger than
     * memory. Errors of numbers are in the unit of their column.
     *
     * @throws TableException if the table lacks a column or the target, has no rows, or has a cell of another kind
     */
    public static Report of(TabularModel model, Table table) throws IOException {
        List<Integer> places = new ArrayList<>();
        for (String column : model.encoding().target().columns()) {
            int place = table.columns().indexOf(column);
            if (place < 0) {
                throw new TableException(
                        table.name() + " has no column " + TableException.quote(column) + ", which the model predicts",
                        "the right answers, to compare the model's answers with",
                        "add the column, or ask for predictions alone");
            }
            places.add(place);
        }
        long[] rows = {0};
        try (AnswerScores scores = new AnswerScores(model.encoding().target())) {
            List<@Nullable Object> cells = new ArrayList<>();
            model.predict(table, (row, answer) -> {
                cells.clear();
                places.forEach(place -> cells.add(row.get(place)));
                scores.add(answer, cells);
                rows[0]++;
            });
            if (rows[0] == 0) {
                throw new TableException(
                        table.name() + " has a header and no rows",
                        "at least one row",
                        "check how the file was written");
            }
            return scores.report();
        }
    }

    /**
     * Compares the answers of a network with the targets of a data set that was encoded for it, such as the validation
     * rows of a {@link TabularRun}.
     */
    public static Report of(Sequential network, TableEncoding encoding, Dataset rows) {
        try (Predictor predictor = Predictor.of(network);
                AnswerScores scores = new AnswerScores(encoding.target());
                INDArray x = Memory.array(
                        network.dataType(), BATCH, network.inputShape().size());
                INDArray t = Memory.array(
                        network.dataType(), BATCH, encoding.target().width())) {
            Scratch scratch = new Scratch();
            float[] features = new float[Math.toIntExact(network.inputShape().size())];
            float[] target = new float[encoding.target().width()];
            for (Batch batch : Batches.inOrder(rows, BATCH).epoch(0)) {
                batch.read(0, batch.size(), x, t);
                for (int i = 0; i < batch.size(); i++) {
                    Vectors.get(scratch, x, i * features.length, features);
                    Vectors.get(scratch, t, i * target.length, target);
                    scores.addEncoded(encoding.target().answer(predictor.predict(features)), target);
                }
            }
            return scores.report();
        }
    }
}
