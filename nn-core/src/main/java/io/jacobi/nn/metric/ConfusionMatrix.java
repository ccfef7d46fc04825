package io.jacobi.nn.metric;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.train.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was predicted for the examples of each class.
 *
 * <pre>{@code
 * ConfusionMatrix matrix = ConfusionMatrix.of(model, test).withLabels("cat", "dog");
 * System.out.println(matrix);
 *
 * actual \ predicted  cat  dog
 * cat                  10    2
 * dog                   1   20
 * }</pre>
 *
 * A model with one output has two classes, no and yes. Immutable.
 */
public final class ConfusionMatrix {

    private final long[][] counts;
    private final List<String> labels;

    private ConfusionMatrix(long[][] counts, List<String> labels) {
        this.counts = counts;
        this.labels = labels;
    }

    /**
     * Counts the predictions of the model on every example whose weight is not 0. Several outputs are classes, and the
     * largest is predicted. A single output is a logit, unless the model ends with probabilities.
     *
     * @throws io.jacobi.nn.ShapeException if the data set does not fit the model, or its targets are not classes
     * @throws IllegalArgumentException if no example counts
     * @throws io.jacobi.nn.loss.ExampleException if a target names no class, or a prediction is NaN
     */
    public static ConfusionMatrix of(Sequential model, Dataset data) {
        return of(model, new Unscored(), data);
    }

    /**
     * Counts the predictions of a model that was trained with this loss, which may ignore a class. A single output that
     * has learned the numbers 0 and 1, by a squared or an absolute error, says yes above 0.5.
     *
     * @throws IllegalArgumentException also if the loss makes several outputs independent answers
     */
    public static ConfusionMatrix of(Sequential model, Loss loss, Dataset data) {
        DecisionCounts counts = new DecisionCounts(outputs(model, loss));
        Evaluator.evaluate(model, loss, data, List.of(counts));
        long[][] pairs = counts.pairs();
        return new ConfusionMatrix(
                pairs, model.outputShape().size() == 1 ? List.of("no", "yes") : numbered(pairs.length));
    }

    /**
     * Returns a matrix of counts, {@code [actual][predicted]}, that were made elsewhere.
     *
     * @throws IllegalArgumentException unless there are two classes or more, and as many columns as rows
     */
    public static ConfusionMatrix ofCounts(long[][] pairs) {
        int n = pairs.length;
        if (n < 2 || Arrays.stream(pairs).anyMatch(row -> row.length != n)) {
            throw new IllegalArgumentException("The counts have the rows " + Arrays.deepToString(pairs)
                    + "\n  expected a row and a column for each of two classes or more");
        }
        return new ConfusionMatrix(Arrays.stream(pairs).map(long[]::clone).toArray(long[][]::new), numbered(n));
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    private static Outputs outputs(Sequential model, Loss loss) {
        Shape output = model.outputShape();
        if (output.size() > 1) {
            return Outputs.CLASS_LOGITS;
        }
        OutputKind last = model.layers().get(model.layers().size() - 1).outputKind();
        boolean shares = last == OutputKind.PROBABILITIES || Learns.by(loss) == Learns.NUMBERS;
        return shares ? Outputs.BINARY_PROBABILITIES : Outputs.BINARY_LOGITS;
    }

    /**
     * Returns the same counts with the names of the classes.
     *
     * @throws IllegalArgumentException unless there is one name for each class
     */
    public ConfusionMatrix withLabels(List<String> names) {
        if (names.size() != counts.length) {
            throw new IllegalArgumentException("There are " + names.size() + " labels, " + names + ", for "
                    + counts.length + " classes\n  expected one label for each class");
        }
        return new ConfusionMatrix(counts, List.copyOf(names));
    }

    /** Returns the same counts with the names of the classes. */
    public ConfusionMatrix withLabels(String... names) {
        return withLabels(List.of(names));
    }

    /** The names of the classes: their indices unless others were given. */
    public List<String> labels() {
        return labels;
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** The number of examples of class {@code actual} for which {@code predicted} was predicted. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Returns a copy of the counts, {@code [actual][predicted]}. */
    public long[][] counts() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** The share of examples whose class was predicted. */
    public double accuracy() {
        return classCounts().average(Score.RECALL, Averaging.MICRO);
    }

    /** The {@link Precision} of one class. */
    public double precision(int c) {
        return classCounts().score(Score.PRECISION, c);
    }

    /** The {@link Recall} of one class. */
    public double recall(int c) {
        return classCounts().score(Score.RECALL, c);
    }

    /** The {@link F1} of one class. */
    public double f1(int c) {
        return classCounts().score(Score.F1, c);
    }

    /** The {@link Precision} of all classes; of no and yes if the model has one output. */
    public double precision(Averaging averaging) {
        return classCounts().average(Score.PRECISION, averaging);
    }

    /** The {@link Recall} of all classes. */
    public double recall(Averaging averaging) {
        return classCounts().average(Score.RECALL, averaging);
    }

    /** The {@link F1} of all classes. */
    public double f1(Averaging averaging) {
        return classCounts().average(Score.F1, averaging);
    }

    private ClassCounts classCounts() {
        ClassCounts sums = new ClassCounts(true);
        sums.ensure(counts.length);
        for (int actual = 0; actual < counts.length; actual++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                long times = counts[actual][predicted];
                sums.add(actual, actual == predicted, true, times);
                sums.add(predicted, true, false, actual == predicted ? 0 : times);
            }
        }
        return sums;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that
                && Arrays.deepEquals(counts, that.counts)
                && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(counts) + labels.hashCode();
    }

    /** A table with a row for each actual class and a column for each predicted class. */
    @Override
    public String toString() {
        return ConfusionTable.of(labels, counts);
    }
}
