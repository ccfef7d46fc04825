package io.jacobi.nn.metric;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.train.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Some columns of answers, their targets, and the metrics that judge them. They are gathered into batches, in double. */
final class JudgedColumns implements AutoCloseable {

    private static final int BATCH = 256;

    private final String suffix;
    private final int first;
    private final int width;
    private final int targetFirst;
    private final int targetWidth;
    private final Map<String, Metric.Accumulator> accumulators = new LinkedHashMap<>();
    private final Scratch scratch = new Scratch();
    private final double[] answers;
    private final double[] targets;
    private final INDArray answerBatch;
    private final INDArray targetBatch;
    private int rows;

    /** @param suffix follows the names of the metrics */
    JudgedColumns(String suffix, int first, int width, int targetFirst, int targetWidth, List<Metric> metrics) {
        this.suffix = suffix;
        this.first = first;
        this.width = width;
        this.targetFirst = targetFirst;
        this.targetWidth = targetWidth;
        metrics.forEach(metric -> accumulators.put(metric.name(), metric.start()));
        this.answers = new double[BATCH * width];
        this.targets = new double[BATCH * targetWidth];
        this.answerBatch = Memory.array(DataType.DOUBLE, BATCH, width);
        this.targetBatch = Memory.array(DataType.DOUBLE, BATCH, targetWidth);
    }

    /** Counts decisions as well, which are no metric. */
    JudgedColumns counting(DecisionCounts decisions) {
        accumulators.put(decisions.name(), decisions);
        return this;
    }

    void add(double[] answer, double[] target) {
        System.arraycopy(answer, first, answers, rows * width, width);
        System.arraycopy(target, targetFirst, targets, rows * targetWidth, targetWidth);
        if (++rows == BATCH) {
            judge();
        }
    }

    private void judge() {
        if (rows == 0) {
            return;
        }
        Vectors.set(answerBatch, answers);
        Vectors.set(targetBatch, targets);
        // a Scratch remembers every array that it has met, so that only the last batch may be a new view
        INDArray y = rows == BATCH ? answerBatch : Memory.view(answerBatch, 0, rows, width);
        INDArray t = rows == BATCH ? targetBatch : Memory.view(targetBatch, 0, rows, targetWidth);
        accumulators.values().forEach(accumulator -> accumulator.add(y, t, scratch));
        rows = 0;
    }

    /** The values of the metrics by their names. */
    Map<String, Double> values() {
        judge();
        Map<String, Double> values = new LinkedHashMap<>();
        accumulators.forEach((name, accumulator) -> {
            if (!(accumulator instanceof DecisionCounts)) {
                values.put(name + suffix, accumulator.value());
            }
        });
        return values;
    }

    @Override
    public void close() {
        answerBatch.close();
        targetBatch.close();
    }
}
