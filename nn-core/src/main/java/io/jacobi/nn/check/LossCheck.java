package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checks the gradient of a loss against central differences in double, for every coordinate of the prediction, and the contract
 * of {@link Loss} besides: that it is a mean over the batch, how it weighs examples, what it does with NaN.
 *
 * <pre>{@code
 * double[][] logits = {{1, -2, 0.5}, {0, 0.1, 3}};
 * double[] classes = {2, 0};
 * GradientCheck.of(new SoftmaxCrossEntropy()).prediction(logits).target(classes).verify();
 * }</pre>
 *
 * @param subject the loss
 * @param prediction {@code [batch, ...]}
 * @param target {@code [batch]} or {@code [batch, ...]}
 * @param tolerance the largest relative error that passes
 * @param step the h of the differences, relative to values above 1
 * @param recordings what another framework computed for this loss
 */
public record LossCheck(
        Loss subject, INDArray prediction, INDArray target, double tolerance, double step, List<Recorded> recordings)
        implements Checkable {

    LossCheck(Loss subject) {
        this(
                subject,
                matrix(new double[][] {{0}}),
                vector(new double[] {0}),
                GradientCheck.DEFAULT_TOLERANCE,
                GradientCheck.DEFAULT_STEP,
                List.of());
    }

    /** The predictions, one row for each example. */
    public LossCheck prediction(double[][] rows) {
        return new LossCheck(subject, matrix(rows), target, tolerance, step, recordings);
    }

    /** One target for each example, such as class indices. */
    public LossCheck target(double... values) {
        return new LossCheck(subject, prediction, vector(values), tolerance, step, recordings);
    }

    /** A row of targets for each example, such as probabilities. */
    public LossCheck targetRows(double[][] rows) {
        return new LossCheck(subject, prediction, matrix(rows), tolerance, step, recordings);
    }

    /** Predictions of any shape, one example after another. */
    public LossCheck prediction(Shape perExample, double... values) {
        return new LossCheck(subject, examples(perExample, values), target, tolerance, step, recordings);
    }

    /** Targets of any shape, one example after another. */
    public LossCheck target(Shape perExample, double... values) {
        return new LossCheck(subject, prediction, examples(perExample, values), tolerance, step, recordings);
    }

    /**
     * The predictions and targets of a recorded case, and a comparison with its value and gradient: in double to 1e-10 and in float to
     * 1e-5 of the largest element.
     *
     * @throws IllegalArgumentException if the case has no prediction or target
     */
    public LossCheck recorded(Recorded recording) {
        return new LossCheck(
                subject,
                recording.array("prediction", DataType.DOUBLE),
                recording.array("target", DataType.DOUBLE),
                tolerance,
                step,
                Stream.concat(recordings.stream(), Stream.of(recording)).toList());
    }

    /** The largest relative error that passes. */
    public LossCheck tolerance(double value) {
        return new LossCheck(subject, prediction, target, value, step, recordings);
    }

    private static INDArray matrix(double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return examples(Shape.of(rows[0].length), values);
    }

    private static INDArray vector(double[] values) {
        return examples(Shape.of(), values);
    }

    private static INDArray examples(Shape perExample, double[] values) {
        long batch = values.length / perExample.size();
        if (batch < 1 || batch * perExample.size() != values.length) {
            throw new IllegalArgumentException(values.length + " values do not make examples of shape " + perExample
                    + "\n  expected a multiple of " + perExample.size());
        }
        INDArray array = Memory.view(Memory.vector(DataType.DOUBLE, values.length), 0, perExample.withBatch(batch));
        Vectors.set(array, values);
        return array;
    }

    /**
     * Every claim that this check tests, to be tested one by one.
     *
     * @throws io.jacobi.nn.ShapeException if the loss cannot compare targets and predictions of these shapes
     * @throws IllegalArgumentException if there is not one target for each prediction
     */
    @Override
    public List<Claim> claims() {
        if (prediction.size(0) != target.size(0)) {
            throw new IllegalArgumentException("There are " + prediction.size(0) + " predictions and " + target.size(0)
                    + " targets\n  expected one target for each");
        }
        subject.check(perExample(prediction), perExample(target));
        LossProbe probe = new LossProbe(subject, prediction, target, Optional.empty());
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.of(
                "central differences",
                probe.batch(),
                Oracle.DIFFERENCES,
                () -> Evidence.of(List.of(compareWithDifferences(probe)))));
        claims.addAll(LossContract.claims(probe));
        recordings.forEach(recording -> claims.addAll(RecordedLoss.claims(subject, recording)));
        return claims;
    }

    private TensorResult compareWithDifferences(LossProbe probe) {
        double[] gradient = probe.run().gradient();
        return new Differences(step, tolerance, () -> new double[] {probe.run().value()})
                .compare("prediction", prediction, gradient);
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }

    @Override
    public String toString() {
        return subject + " on " + perExample(prediction) + " and " + perExample(target);
    }
}
