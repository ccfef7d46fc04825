package io.jacobi.nn.metric;

import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.BinaryAccuracy;
import io.jacobi.nn.train.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges answers that come one after another, such as those of a model that is asked for each row of a file. The metrics
 * are those that fit the task:
 *
 * <pre>
 * classes   accuracy, top-5 accuracy of more than five classes, f1, f1 weighted, log loss, roc auc of two classes,
 *           and the confusion matrix
 * labels    binary accuracy, f1, f1 weighted, log loss, roc auc
 * numbers   mae, rmse and r2 of each column, in the column's unit
 * </pre>
 *
 * <p>It takes memory for a few hundred answers, besides what {@link RocAuc} keeps of every answer. For one thread.
 */
public final class RunningReport implements AutoCloseable {

    /** The k of the top-k accuracy, as in ImageNet's results. */
    private static final int TOP = 5;

    private final List<JudgedColumns> judged;
    private final Optional<DecisionCounts> decisions;
    private final List<String> labels;
    private long examples;

    private RunningReport(List<JudgedColumns> judged, Optional<DecisionCounts> decisions, List<String> labels) {
        this.judged = judged;
        this.decisions = decisions;
        this.labels = labels;
    }

    /**
     * Returns a report of answers that are a probability for each class, and of targets that are the index of a class.
     *
     * @param labels the names of the classes, at least two
     */
    public static RunningReport ofClasses(List<String> labels) {
        int classes = labels.size();
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "There is the class " + labels + " only\n  expected at least two classes");
        }
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Accuracy());
        if (classes > TOP) {
            metrics.add(new TopKAccuracy(TOP));
        }
        metrics.add(new F1(Outputs.CLASS_PROBABILITIES, Averaging.MACRO));
        metrics.add(new F1(Outputs.CLASS_PROBABILITIES, Averaging.WEIGHTED));
        metrics.add(new LogLoss(Outputs.CLASS_PROBABILITIES));
        if (classes == 2) {
            metrics.add(new RocAuc(Outputs.CLASS_PROBABILITIES));
        }
        DecisionCounts decisions = new DecisionCounts(Outputs.CLASS_PROBABILITIES);
        JudgedColumns all = new JudgedColumns("", 0, classes, 0, 1, metrics).counting(decisions);
        return new RunningReport(List.of(all), Optional.of(decisions), List.copyOf(labels));
    }

    /**
     * Returns a report of answers that are a probability for each label, and of targets that are 0 or 1 for each.
     *
     * @param labels the names of the labels
     */
    public static RunningReport ofLabels(List<String> labels) {
        List<Metric> metrics = List.of(
                BinaryAccuracy.ofProbabilities(),
                new F1(Outputs.BINARY_PROBABILITIES, Averaging.MACRO),
                new F1(Outputs.BINARY_PROBABILITIES, Averaging.WEIGHTED),
                new LogLoss(Outputs.BINARY_PROBABILITIES),
                new RocAuc(Outputs.BINARY_PROBABILITIES));
        int n = labels.size();
        return new RunningReport(List.of(new JudgedColumns("", 0, n, 0, n, metrics)), Optional.empty(), labels);
    }

    /**
     * Returns a report of answers and targets that are numbers. Each column is judged alone, because columns may have
     * different units.
     *
     * @param columns the names of the columns; the metrics of several columns are called {@code mae price}
     */
    public static RunningReport ofNumbers(List<String> columns) {
        List<JudgedColumns> judged = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String suffix = columns.size() == 1 ? "" : " " + columns.get(i);
            judged.add(new JudgedColumns(suffix, i, 1, i, 1, List.of(new Mae(), new Rmse(), new R2())));
        }
        return new RunningReport(judged, Optional.empty(), columns);
    }

    /**
     * Adds an answer.
     *
     * @param answer a probability for each class or label, or a number for each column
     * @param target the index of the class, 0 or 1 for each label, or a number for each column
     */
    public void add(double[] answer, double[] target) {
        judged.forEach(columns -> columns.add(answer, target));
        examples++;
    }

    /**
     * Returns the metrics of the answers so far.
     *
     * @throws IllegalStateException if there is none
     */
    public Report report() {
        if (examples == 0) {
            throw new IllegalStateException("There is no answer to judge\n  expected at least one");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        judged.forEach(columns -> metrics.putAll(columns.values()));
        return new Report(
                examples,
                metrics,
                decisions.map(counts -> ConfusionMatrix.ofCounts(counts.pairs()).withLabels(labels)));
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        judged.forEach(JudgedColumns::close);
    }
}
