package io.jacobi.nn.train;

import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The epochs of a run as a matrix with a row for each epoch: seconds, examples, training loss, training metrics and, if
 * there is a validation set, its loss and metrics.
 */
final class HistoryTable {

    private static final int FIRST = 2;

    private final List<String> metrics;
    private final boolean validated;

    HistoryTable(List<Metric> metrics, boolean validated) {
        this.metrics = metrics.stream().map(Metric::name).distinct().toList();
        this.validated = validated;
    }

    /** The number of columns. */
    int columns() {
        return FIRST + width() * (validated ? 2 : 1);
    }

    private int width() {
        return 1 + metrics.size();
    }

    /** Returns the matrix of at least one epoch, in doubles: {@code [epochs, columns]}. */
    INDArray write(List<EpochResult> results) {
        double[] cells = new double[results.size() * columns()];
        int at = 0;
        for (EpochResult result : results) {
            cells[at++] = result.seconds();
            cells[at++] = result.examples();
            at = write(result.training(), cells, at);
            if (validated) {
                at = write(result.validation().orElseThrow(), cells, at);
            }
        }
        return Vectors.of(DataType.DOUBLE, cells, results.size(), columns());
    }

    private int write(Evaluation evaluation, double[] cells, int at) {
        cells[at] = evaluation.loss();
        for (int i = 0; i < metrics.size(); i++) {
            cells[at + 1 + i] = evaluation.metric(metrics.get(i));
        }
        return at + width();
    }

    /** Returns the epochs that {@link #write} was given. */
    List<EpochResult> read(INDArray table) {
        if (table.rank() != 2 || table.size(1) != columns()) {
            throw new IllegalArgumentException("The history in the checkpoint has the shape "
                    + Arrays.toString(table.shape()) + "\n  expected [epochs, " + columns() + "]");
        }
        double[] cells = Vectors.toDoubles(table);
        List<EpochResult> results = new ArrayList<>();
        for (int at = 0; at < cells.length; at += columns()) {
            Optional<Evaluation> validation =
                    validated ? Optional.of(read(cells, at + FIRST + width())) : Optional.empty();
            results.add(new EpochResult(
                    results.size() + 1, read(cells, at + FIRST), validation, cells[at], (long) cells[at + 1]));
        }
        return results;
    }

    private Evaluation read(double[] cells, int at) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            values.put(metrics.get(i), cells[at + 1 + i]);
        }
        return new Evaluation(cells[at], values);
    }
}
