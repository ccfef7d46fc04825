package io.jacobi.nn.check;

import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checks the gradient of a loss against central differences in double, for every coordinate of the prediction, and that the loss
 * is a mean over the batch.
 *
 * <pre>{@code
 * double[][] logits = {{1, -2, 0.5}, {0, 0.1, 3}};
 * double[] classes = {2, 0};
 * GradientCheck.of(new SoftmaxCrossEntropy()).prediction(logits).target(classes).verify();
 * }</pre>
 *
 * @param subject the loss
 * @param prediction {@code [batch, outputs]}
 * @param target {@code [batch]} or {@code [batch, ...]}
 * @param tolerance the largest relative error that passes
 * @param step the h of the differences, relative to values above 1
 */
public record LossCheck(Loss subject, INDArray prediction, INDArray target, double tolerance, double step) {

    /** Float has 24 bits, and losses subtract. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    private static final double ROUNDING = 1e-12;

    LossCheck(Loss subject) {
        this(
                subject,
                matrix(new double[][] {{0}}),
                vector(new double[] {0}),
                GradientCheck.DEFAULT_TOLERANCE,
                GradientCheck.DEFAULT_STEP);
    }

    /** The predictions, one row for each example. */
    public LossCheck prediction(double[][] rows) {
        return new LossCheck(subject, matrix(rows), target, tolerance, step);
    }

    /** One target for each example, such as class indices. */
    public LossCheck target(double... values) {
        return new LossCheck(subject, prediction, vector(values), tolerance, step);
    }

    /** A row of targets for each example, such as probabilities. */
    public LossCheck targetRows(double[][] rows) {
        return new LossCheck(subject, prediction, matrix(rows), tolerance, step);
    }

    /** The largest relative error that passes. */
    public LossCheck tolerance(double value) {
        return new LossCheck(subject, prediction, target, value, step);
    }

    private static INDArray matrix(double[][] rows) {
        INDArray array = Memory.view(
                Memory.vector(DataType.DOUBLE, (long) rows.length * rows[0].length), 0, rows.length, rows[0].length);
        Vectors.set(array, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
        return array;
    }

    private static INDArray vector(double[] values) {
        INDArray array = Memory.vector(DataType.DOUBLE, values.length);
        Vectors.set(array, values);
        return array;
    }

    /** Runs every check and returns what was found, good or bad. */
    public GradientReport report() {
        int batch = (int) prediction.size(0);
        Evaluated expected = evaluate(prediction, target);
        Differences differences = new Differences(step, tolerance, () ->
                new double[] {evaluate(prediction, target).value()});
        TensorResult tensor = differences.compare("prediction", batch, prediction, expected.gradient());
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("prediction and target are left alone", batch, expected.changed()));
        findings.add(new Finding("the loss is a mean over the batch", batch, notAMean(expected)));
        findings.add(new Finding("float agrees with double", batch, differsInFloat(expected)));
        return new GradientReport(subject.toString(), tolerance, List.of(tensor), findings);
    }

    /**
     * Runs every check.
     *
     * @return the report, if all passed
     * @throws AssertionError with the report as its message, if any failed
     */
    public GradientReport verify() {
        return report().orThrow();
    }

    @SuppressWarnings("ArrayRecordComponent") // carried from one method to another, compared by nobody
    private record Evaluated(double value, double[] gradient, String changed) {}

    /** On a gradient buffer that held NaN. */
    private Evaluated evaluate(INDArray y, INDArray t) {
        double[] before = Vectors.toDoubles(y);
        double[] targetBefore = Vectors.toDoubles(t);
        INDArray gradient = Memory.view(Memory.vector(y.dataType(), y.length()), 0, y.shape());
        Scratch scratch = new Scratch();
        Vectors.fill(scratch, gradient, Double.NaN);
        double value = subject.valueAndGradient(y, t, gradient, scratch);
        String changed = LayerContract.firstDifference("prediction", before, Vectors.toDoubles(y), 0)
                + LayerContract.firstDifference("target", targetBefore, Vectors.toDoubles(t), 0);
        return new Evaluated(value, Vectors.toDoubles(gradient), changed);
    }

    /** Every example twice: a mean is the same, and each example has half as much say. */
    private String notAMean(Evaluated expected) {
        Evaluated twice = evaluate(doubled(prediction), doubled(target));
        double[] half = Arrays.stream(expected.gradient()).map(g -> g / 2).toArray();
        return LayerContract.firstDifference(
                        "loss of every example twice",
                        new double[] {expected.value()},
                        new double[] {twice.value()},
                        ROUNDING)
                + LayerContract.firstDifference("gradient of every example twice", half, twice.gradient(), ROUNDING);
    }

    private static INDArray doubled(INDArray array) {
        // a copy: shape() gives the array that ND4J itself goes by
        long[] shape = array.shape().clone();
        shape[0] *= 2;
        INDArray twice = Memory.view(Memory.vector(array.dataType(), 2 * array.length()), 0, shape);
        Vectors.copy(array, 0, twice, 0, array.length());
        Vectors.copy(array, 0, twice, array.length(), array.length());
        return twice;
    }

    private String differsInFloat(Evaluated expected) {
        Evaluated single = evaluate(inFloat(prediction), inFloat(target));
        return LayerContract.firstDifference(
                        "loss", new double[] {expected.value()}, new double[] {single.value()}, FLOAT_TOLERANCE)
                + LayerContract.firstDifference("gradient", expected.gradient(), single.gradient(), FLOAT_TOLERANCE);
    }

    private static INDArray inFloat(INDArray array) {
        INDArray single = Memory.view(Memory.vector(DataType.FLOAT, array.length()), 0, array.shape());
        Vectors.copy(array, 0, single, 0, array.length());
        return single;
    }
}
