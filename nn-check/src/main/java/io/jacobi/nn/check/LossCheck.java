package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.loss.LossClaims;
import io.jacobi.nn.check.loss.LossSettings;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.ScalarLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checks the gradient of a loss, in double, and the contract of {@link Loss}: that it is a mean over the batch, how it
 * weights examples, what it does with NaN.
 *
 * <pre>{@code
 * double[][] logits = {{1, -2, 0.5}, {0, 0.1, 3}};
 * double[] classes = {2, 0};
 * GradientCheck.of(new SoftmaxCrossEntropy()).prediction(logits).target(classes).verify();
 * }</pre>
 *
 * Every coordinate of the prediction is compared with central differences. If the formula is {@linkplain #scalars
 * written a second time}, value and gradient are also compared with {@link io.jacobi.nn.scalar.Scalar} and {@link
 * io.jacobi.nn.scalar.Dual}, to 1e-12. Values that another framework computed are one more oracle: {@link #recorded}. A
 * loss that {@linkplain Loss#takesWeights() takes weights} is compared twice, with and without them.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class LossCheck implements Checkable {

    private final Loss subject;
    private INDArray prediction = matrix(new double[][] {{0}});
    private INDArray target = vector(new double[] {0});
    private Optional<List<Double>> weights = Optional.empty();
    private Stencil central = Stencil.central();
    private Optional<ScalarLoss> twin = Optional.empty();
    private double magnitude;
    private boolean shiftInvariant;
    private List<Recorded> recordings = List.of();
    private Set<Oracle> only = Set.of();

    LossCheck(Loss subject) {
        this.subject = subject;
    }

    private LossCheck with(Consumer<LossCheck> change) {
        LossCheck copy = new LossCheck(subject);
        copy.prediction = prediction;
        copy.target = target;
        copy.weights = weights;
        copy.central = central;
        copy.twin = twin;
        copy.magnitude = magnitude;
        copy.shiftInvariant = shiftInvariant;
        copy.recordings = recordings;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /** Sets the predictions, one row for each example. */
    public LossCheck prediction(double[][] rows) {
        return with(c -> c.prediction = matrix(rows));
    }

    /** Sets one target for each example, such as class indices. */
    public LossCheck target(double... values) {
        return with(c -> c.target = vector(values));
    }

    /** Sets a row of targets for each example, such as probabilities. */
    public LossCheck targetRows(double[][] rows) {
        return with(c -> c.target = matrix(rows));
    }

    /**
     * Sets predictions of any shape, one example after another.
     *
     * @throws IllegalArgumentException if the values do not make whole examples, at least one
     */
    public LossCheck prediction(Shape perExample, double... values) {
        return with(c -> c.prediction = examples(perExample, values));
    }

    /**
     * Sets targets of any shape, one example after another.
     *
     * @throws IllegalArgumentException if the values do not make whole examples, at least one
     */
    public LossCheck target(Shape perExample, double... values) {
        return with(c -> c.target = examples(perExample, values));
    }

    /** Sets the weights of the examples for comparisons with weights; the default is 0.5, 2, 1.25, 0, repeated. */
    public LossCheck weights(double... values) {
        List<Double> all = Arrays.stream(values).boxed().toList();
        return with(c -> c.weights = Optional.of(all));
    }

    /**
     * Sets the largest relative error of a central difference that passes; the default is {@value
     * Stencil#CENTRAL_TOLERANCE}.
     */
    public LossCheck tolerance(double value) {
        return with(c -> c.central = central.withTolerance(value));
    }

    /** Sets the formula written a second time, number by number, which adds two oracles: reverse and forward mode. */
    public LossCheck scalars(ScalarLoss formula) {
        return with(c -> c.twin = Optional.of(formula));
    }

    /**
     * Claims that the loss and its gradient are finite, in double and in float, also at predictions as large as this,
     * such as 1000; and right, if there is a twin. Not claimed by default, because the mathematics of some losses is
     * not finite there in any precision, or takes no negative predictions.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public LossCheck finiteUpTo(double largest) {
        // written so that NaN is refused
        if (!(largest > 0)) {
            throw new IllegalArgumentException(
                    "The largest prediction is " + largest + "\n  expected a positive number");
        }
        return with(c -> c.magnitude = largest);
    }

    /**
     * Claims that adding a number to all predictions of an example changes nothing, as with logits of a softmax, so
     * that each example's gradient sums to 0.
     */
    public LossCheck shiftInvariant() {
        return with(c -> c.shiftInvariant = true);
    }

    /**
     * Takes the predictions and targets of a recorded case, and adds a comparison with its value and gradient: in
     * double to 1e-10 and in float to 1e-5 of the largest element.
     *
     * @throws IllegalArgumentException if the case has no prediction or target
     */
    public LossCheck recorded(Recorded recording) {
        INDArray y = recording.array("prediction", DataType.DOUBLE);
        INDArray t = recording.array("target", DataType.DOUBLE);
        return with(c -> {
            c.prediction = y;
            c.target = t;
            c.recordings =
                    Stream.concat(recordings.stream(), Stream.of(recording)).toList();
        });
    }

    /** Compares with these oracles alone, and tests nothing of the contract. */
    public LossCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
    }

    /** The loss. */
    @Override
    public Loss subject() {
        return subject;
    }

    /** The predictions, {@code [batch, ...]}. */
    public INDArray prediction() {
        return prediction;
    }

    /** The targets, {@code [batch]} or {@code [batch, ...]}. */
    public INDArray target() {
        return target;
    }

    private static INDArray matrix(double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return examples(Shape.of(rows[0].length), values);
    }

    private static INDArray vector(double[] values) {
        return examples(Shape.of(), values);
    }

    private static INDArray examples(Shape perExample, double... values) {
        long batch = values.length / perExample.size();
        if (batch < 1 || batch * perExample.size() != values.length) {
            throw new IllegalArgumentException(values.length + " values do not make examples of shape " + perExample
                    + "\n  expected a multiple of " + perExample.size());
        }
        return Vectors.of(DataType.DOUBLE, values, perExample.withBatch(batch));
    }

    /**
     * Returns every claim that this check tests, to be tested one by one. It evaluates the loss once, because a loss
     * that is not a finite number has one claim only, which says so.
     *
     * @throws io.jacobi.nn.ShapeException if the loss cannot compare targets and predictions of these shapes
     * @throws IllegalArgumentException if there is not one target for each prediction, or not one weight; if {@link
     *     #only} names an oracle that this check does not have; or if a {@linkplain #recorded recording} does not fit
     *     the loss
     */
    @Override
    public List<Claim> claims() {
        LossSettings settings =
                new LossSettings(subject, prediction, target, weights, central, twin, magnitude, shiftInvariant);
        List<Claim> claims = new ArrayList<>();
        if (!only.equals(Set.of(Oracle.RECORDED))) {
            claims.addAll(LossClaims.of(settings));
        }
        recordings.forEach(recording -> claims.addAll(LossClaims.recorded(subject, recording)));
        return Claim.askedOf(only, claims, subject);
    }

    @Override
    public String toString() {
        return subject + " on " + perExample(prediction) + " and " + perExample(target);
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }
}
