package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.loss.LargePredictions;
import io.jacobi.nn.check.loss.LossContract;
import io.jacobi.nn.check.loss.LossOracles;
import io.jacobi.nn.check.loss.LossProbe;
import io.jacobi.nn.check.loss.RecordedLoss;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.scalar.ScalarLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checks the gradient of a loss, in double, and the contract of {@link Loss} besides: that it is a mean over the batch, how it weighs
 * examples, what it does with NaN.
 *
 * <pre>{@code
 * double[][] logits = {{1, -2, 0.5}, {0, 0.1, 3}};
 * double[] classes = {2, 0};
 * GradientCheck.of(new SoftmaxCrossEntropy()).prediction(logits).target(classes).verify();
 * }</pre>
 *
 * Central differences are always there, for every coordinate of the prediction. With the formula {@linkplain #scalars written once more},
 * value and gradient are compared with {@link io.jacobi.nn.scalar.Scalar} and {@link io.jacobi.nn.scalar.Dual} to 1e-12 too. What
 * another framework computed is one more oracle: {@link #recorded}. A loss that {@linkplain Loss#takesWeights() takes weights} is
 * compared with all of them twice, with and without.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class LossCheck implements Checkable {

    private final Loss subject;
    private INDArray prediction = matrix(new double[][] {{0}});
    private INDArray target = vector(new double[] {0});
    private Optional<double[]> weights = Optional.empty();
    private double tolerance = GradientCheck.DEFAULT_TOLERANCE;
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
        copy.tolerance = tolerance;
        copy.twin = twin;
        copy.magnitude = magnitude;
        copy.shiftInvariant = shiftInvariant;
        copy.recordings = recordings;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /** The predictions, one row for each example. */
    public LossCheck prediction(double[][] rows) {
        return with(c -> c.prediction = matrix(rows));
    }

    /** One target for each example, such as class indices. */
    public LossCheck target(double... values) {
        return with(c -> c.target = vector(values));
    }

    /** A row of targets for each example, such as probabilities. */
    public LossCheck targetRows(double[][] rows) {
        return with(c -> c.target = matrix(rows));
    }

    /** Predictions of any shape, one example after another. */
    public LossCheck prediction(Shape perExample, double... values) {
        return with(c -> c.prediction = LossProbe.examples(perExample, values));
    }

    /** Targets of any shape, one example after another. */
    public LossCheck target(Shape perExample, double... values) {
        return with(c -> c.target = LossProbe.examples(perExample, values));
    }

    /** What each example counts for where oracles are asked about weights; 0.5, 2, 1.25, 0 and so on unless set. */
    public LossCheck weights(double... values) {
        double[] all = values.clone();
        return with(c -> c.weights = Optional.of(all));
    }

    /** The largest relative error of a central difference that passes; 1e-7 unless set. */
    public LossCheck tolerance(double value) {
        return with(c -> c.tolerance = GradientCheck.requirePositive("tolerance", value));
    }

    /** The formula written once more, number by number: adds two oracles, reverse and forward mode. */
    public LossCheck scalars(ScalarLoss formula) {
        return with(c -> c.twin = Optional.of(formula));
    }

    /**
     * Claims that the loss is finite, and its gradient, in double and in float, also where predictions are so large, such as 1000; and
     * right, if there is a twin. Not claimed unless asked for: the mathematics of some losses is not finite there in any precision, or
     * takes no negative predictions.
     */
    public LossCheck finiteUpTo(double largest) {
        return with(c -> c.magnitude = GradientCheck.requirePositive("largest prediction", largest));
    }

    /**
     * Claims that adding a number to all predictions of an example changes nothing, as with logits of a softmax, so that each example's
     * gradient sums to 0.
     */
    public LossCheck shiftInvariant() {
        return with(c -> c.shiftInvariant = true);
    }

    /**
     * The predictions and targets of a recorded case, and a comparison with its value and gradient: in double to 1e-10 and in float to
     * 1e-5 of the largest element.
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

    /** Asks these oracles alone, and tests nothing of the contract. */
    public LossCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
    }

    /** The loss. */
    @Override
    public Loss subject() {
        return subject;
    }

    /** {@code [batch, ...]}. */
    public INDArray prediction() {
        return prediction;
    }

    /** {@code [batch]} or {@code [batch, ...]}. */
    public INDArray target() {
        return target;
    }

    private static INDArray matrix(double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return LossProbe.examples(Shape.of(rows[0].length), values);
    }

    private static INDArray vector(double[] values) {
        return LossProbe.examples(Shape.of(), values);
    }

    /**
     * Every claim that this check tests, to be tested one by one.
     *
     * @throws io.jacobi.nn.ShapeException if the loss cannot compare targets and predictions of these shapes
     * @throws IllegalArgumentException if there is not one target for each prediction, or not one weight; or if {@link #only} an oracle was
     *     to be asked that has nothing to say here
     */
    @Override
    public List<Claim> claims() {
        requireOneForEach("targets", target.size(0));
        subject.check(perExample(prediction), perExample(target));
        LossProbe probe = new LossProbe(subject, prediction, target, Optional.empty());
        List<Claim> claims = new ArrayList<>(LossOracles.claims(this, probe, ""));
        if (subject.takesWeights()) {
            double[] each = weights.orElseGet(() -> someWeights(probe.batch()));
            requireOneForEach("weights", each.length);
            claims.addAll(LossOracles.claims(this, probe.weighed(each), " with weights"));
        }
        claims.addAll(LossContract.claims(probe));
        claims.addAll(LargePredictions.claims(this, probe));
        recordings.forEach(recording -> claims.addAll(RecordedLoss.claims(subject, recording)));
        return Claim.askedOf(only, claims, subject);
    }

    private void requireOneForEach(String what, long count) {
        if (prediction.size(0) != count) {
            throw new IllegalArgumentException("There are " + prediction.size(0) + " predictions and " + count + " "
                    + what + "\n  expected one for each");
        }
    }

    private static double[] someWeights(int batch) {
        return IntStream.range(0, batch)
                .mapToDouble(n -> new double[] {0.5, 2, 1.25, 0}[n % 4])
                .toArray();
    }

    public double tolerance() {
        return tolerance;
    }

    public Optional<ScalarLoss> twin() {
        return twin;
    }

    public double magnitude() {
        return magnitude;
    }

    public boolean isShiftInvariant() {
        return shiftInvariant;
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }

    @Override
    public String toString() {
        return subject + " on " + perExample(prediction) + " and " + perExample(target);
    }
}
