package io.jacobi.nn.check;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.layer.BackwardClaims;
import io.jacobi.nn.check.layer.BatchClaims;
import io.jacobi.nn.check.layer.DerivativeClaims;
import io.jacobi.nn.check.layer.ExtremeClaims;
import io.jacobi.nn.check.layer.LayerContract;
import io.jacobi.nn.check.layer.LayerOracles;
import io.jacobi.nn.check.layer.LayerProbe;
import io.jacobi.nn.check.layer.NextStepClaims;
import io.jacobi.nn.check.layer.PredictionClaims;
import io.jacobi.nn.check.layer.QuotientClaims;
import io.jacobi.nn.check.layer.RecordedLayer;
import io.jacobi.nn.check.layer.ShiftClaims;
import io.jacobi.nn.check.layer.StepClaims;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarLayer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks a hand-derived layer: its gradients against independent oracles, in double, and the contract of {@link Layer} besides.
 *
 * <pre>{@code
 * GradientCheck.of(new Affine(3)).input(Shape.of(5)).verify();
 * }</pre>
 *
 * The scalar that is differentiated is a random projection of the output, Σ r ∘ y. A plain sum would be blind to mistakes that
 * cancel: the rows of a softmax sum to one whatever its gradient says.
 *
 * <p>Central differences are always there, and a layer that is smooth is held to the stencil of five points as well, which agrees to
 * 1e-10, and to an error that falls as h²: one {@linkplain #withKinks with kinks} has to say so. Every coordinate is compared of
 * arrays {@linkplain #everyCoordinateUpTo up to} {@value Differences#EVERY_COORDINATE_UP_TO} elements, larger ones along random
 * directions and at a sample. With the forward pass {@linkplain #scalars written once more}, one number after the
 * other, the gradients are compared with {@link io.jacobi.nn.scalar.Scalar} and {@link io.jacobi.nn.scalar.Dual} to 1e-12 too.
 *
 * <p>What another framework computed is one more oracle: {@link #recorded}.
 *
 * <p>The contract is claim by claim: what forward, backward and a prediction write, and what they leave alone; that a step allocates
 * nothing native; that backward is linear, repeats itself, and treats examples as independent; that float agrees with double. At
 * inputs of ±1000 and at equal inputs too, everything is finite and the gradient right. {@link #shiftInvariant} adds what holds of
 * a softmax. A gradient that is the layer's own difference quotient, with which central differences would agree, is called one.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class GradientCheck implements Checkable {

    /** What a smooth layer reaches with room to spare, and what a wrong one misses by orders of magnitude. */
    public static final double DEFAULT_TOLERANCE = 1e-7;

    /** About the cube root of the double's rounding unit, where truncation and rounding errors balance. */
    public static final double DEFAULT_STEP = 1e-5;

    /** What a smooth layer reaches with five points. */
    public static final double DEFAULT_FIVE_POINT_TOLERANCE = 1e-10;

    /** About (30 u)^(1/5) of the double's rounding unit u, where h⁴/30 and u/h, truncation and rounding of five points, balance. */
    public static final double DEFAULT_FIVE_POINT_STEP = 0.001;

    private static final Shape DEFAULT_INPUT = Shape.of(5);
    private static final Initializer DEFAULT_INPUTS = Initializers.normal(0, 1);

    private final Layer subject;
    private Optional<Shape> input = Optional.empty();
    private Optional<Initializer> inputs = Optional.empty();
    private List<Integer> batches = List.of(1, 3);
    private long seed = 42;
    private double tolerance = DEFAULT_TOLERANCE;
    private double step = DEFAULT_STEP;
    private Stencil fivePoint = new Stencil(Oracle.FIVE_POINT, DEFAULT_FIVE_POINT_STEP, DEFAULT_FIVE_POINT_TOLERANCE);
    private boolean kinks;
    private int everyCoordinateUpTo = Differences.EVERY_COORDINATE_UP_TO;
    private boolean comparesInput = true;
    private int shiftedDimensions;
    private Optional<ScalarLayer> twin = Optional.empty();
    private List<Recorded> recordings = List.of();
    private Set<Oracle> only = Set.of();

    private GradientCheck(Layer subject) {
        this.subject = subject;
    }

    /** A check of this layer on inputs of shape {@code [5]} until {@link #input} or {@link #recorded} says otherwise. */
    public static GradientCheck of(Layer layer) {
        return new GradientCheck(layer);
    }

    /** A check of this loss; give it predictions and targets. */
    public static LossCheck of(Loss loss) {
        return new LossCheck(loss);
    }

    /** A check of this network, trained by this loss; give it examples. */
    public static NetworkCheck of(Sequential model, Loss loss) {
        return new NetworkCheck(model, loss);
    }

    /** A check of this penalty, or of several together. */
    public static PenaltyCheck of(Penalty first, Penalty... more) {
        return new PenaltyCheck(
                more.length == 0
                        ? first
                        : new PenaltySum(
                                Stream.concat(Stream.of(first), Stream.of(more)).toList()));
    }

    private GradientCheck with(Consumer<GradientCheck> change) {
        GradientCheck copy = new GradientCheck(subject);
        copy.input = input;
        copy.inputs = inputs;
        copy.batches = batches;
        copy.seed = seed;
        copy.tolerance = tolerance;
        copy.step = step;
        copy.fivePoint = fivePoint;
        copy.kinks = kinks;
        copy.everyCoordinateUpTo = everyCoordinateUpTo;
        copy.comparesInput = comparesInput;
        copy.shiftedDimensions = shiftedDimensions;
        copy.twin = twin;
        copy.recordings = recordings;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /** The shape of one input example; unless set that of a recording, or {@code [5]} if there is none. */
    public GradientCheck input(Shape shape) {
        return with(c -> c.input = Optional.of(shape));
    }

    /**
     * What inputs are drawn from; the standard normal unless set. Once it is set the layer may be defined for such inputs alone, and
     * is not tried at ±1000.
     */
    public GradientCheck inputs(Initializer source) {
        return with(c -> c.inputs = Optional.of(source));
    }

    /**
     * The batch sizes to check at; 1 and 3 unless set.
     *
     * @throws IllegalArgumentException unless there is one at least, and none below 1
     */
    public GradientCheck batches(Integer... sizes) {
        List<Integer> all = List.of(sizes);
        if (all.isEmpty() || all.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "Batch sizes to check at are " + all + "\n  expected at least one, each >= 1");
        }
        return with(c -> c.batches = all);
    }

    /** What weights, inputs and the projection are drawn from; 42 unless set. */
    public GradientCheck seed(long value) {
        return with(c -> c.seed = value);
    }

    /** The largest relative error of a central difference that passes; {@value #DEFAULT_TOLERANCE} unless set. */
    public GradientCheck tolerance(double value) {
        return with(c -> c.tolerance = requirePositive("tolerance", value));
    }

    /** The h of central differences, relative to values above 1; {@value #DEFAULT_STEP} unless set. */
    public GradientCheck step(double value) {
        return with(c -> c.step = requirePositive("step", value));
    }

    /**
     * The h and the largest relative error of the five-point stencil; {@value #DEFAULT_FIVE_POINT_STEP} and {@value
     * #DEFAULT_FIVE_POINT_TOLERANCE} unless set. A layer that needs others has curvature at another scale than its input, or cancels digits:
     * say which beside the setting.
     */
    public GradientCheck fivePoint(double h, double largestError) {
        return with(c -> c.fivePoint =
                new Stencil(Oracle.FIVE_POINT, requirePositive("step", h), requirePositive("tolerance", largestError)));
    }

    /**
     * Says that the layer has kinks, as a rectifier has at 0: coordinates that lie on one are left out and counted, 5 % at most, and
     * five points are not asked. Without it there is nothing to leave out, and a kink is a mistake.
     */
    public GradientCheck withKinks() {
        return with(c -> c.kinks = true);
    }

    /**
     * The largest array of which differences compare every coordinate; {@value Differences#EVERY_COORDINATE_UP_TO} unless set. Larger ones
     * are compared along {@value Differences#DIRECTIONS} random directions and at a sample of {@value Differences#SAMPLE} coordinates; the
     * report says which.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public GradientCheck everyCoordinateUpTo(int elements) {
        if (elements < 0) {
            throw new IllegalArgumentException(
                    "Every coordinate was to be compared up to " + elements + " elements\n  expected 0 or more");
        }
        return with(c -> c.everyCoordinateUpTo = elements);
    }

    /** Leaves the gradient of the input out, for layers whose input is not a number to vary but a choice, such as an index. */
    public GradientCheck parametersOnly() {
        return with(c -> c.comparesInput = false);
    }

    /** Claims that a number added to all elements of a row changes nothing, as for a softmax; a row is the last dimension. */
    public GradientCheck shiftInvariant() {
        return shiftInvariant(1);
    }

    /**
     * Claims the same of rows that are the last {@code dimensions} together.
     *
     * @throws IllegalArgumentException unless at least 1
     */
    public GradientCheck shiftInvariant(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException(
                    "A row to be shifted has " + dimensions + " dimensions\n  expected at least 1");
        }
        return with(c -> c.shiftedDimensions = dimensions);
    }

    /** The forward pass written once more, number by number: adds two oracles, reverse and forward mode. */
    public GradientCheck scalars(ScalarLayer forward) {
        return with(c -> c.twin = Optional.of(forward));
    }

    /**
     * Compares with what another framework computed, in double to 1e-10 and in float to 1e-5 of the largest element of each array.
     * May be called more than once; every recording brings its own batch, inputs and parameters.
     */
    public GradientCheck recorded(Recorded recording) {
        return with(c -> c.recordings =
                Stream.concat(recordings.stream(), Stream.of(recording)).toList());
    }

    /** Asks these oracles alone, and tests nothing of the contract. */
    public GradientCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
    }

    static double requirePositive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("The " + what + " is " + value + "\n  expected a positive number");
        }
        return value;
    }

    /** The layer. */
    @Override
    public Layer subject() {
        return subject;
    }

    /** The shape of one input example. */
    public Shape input() {
        return input.orElseGet(
                () -> recordings.isEmpty() ? DEFAULT_INPUT : recordings.get(0).perExample("x"));
    }

    /** What inputs are drawn from. */
    public Initializer inputs() {
        return inputs.orElse(DEFAULT_INPUTS);
    }

    /** The batch sizes. */
    public List<Integer> batches() {
        return batches;
    }

    public double tolerance() {
        return tolerance;
    }

    public double step() {
        return step;
    }

    public long seed() {
        return seed;
    }

    /** Central differences of a function of the layer. */
    public Differences differences(Supplier<double[]> terms) {
        return new Differences(
                new Stencil(Oracle.DIFFERENCES, step, tolerance), kinks, everyCoordinateUpTo, seed, terms);
    }

    /** The same with five points. */
    public Differences fivePointDifferences(Supplier<double[]> terms) {
        return new Differences(fivePoint, kinks, everyCoordinateUpTo, seed, terms);
    }

    public Stencil fivePoint() {
        return fivePoint;
    }

    public boolean hasKinks() {
        return kinks;
    }

    public boolean comparesInput() {
        return comparesInput;
    }

    /** Whether the input is a number to vary, and nobody has narrowed it to where the layer is defined. */
    public boolean takesAnyInput() {
        return comparesInput && inputs.isEmpty();
    }

    /** How many of the last dimensions make a row that can be shifted; 0 if none can. */
    public int shiftedDimensions() {
        return shiftedDimensions;
    }

    public Optional<ScalarLayer> twin() {
        return twin;
    }

    /**
     * Every claim that this check tests, to be tested one by one.
     *
     * @throws io.jacobi.nn.ShapeException if the layer does not take the input shape
     * @throws IllegalArgumentException if there would be nothing to compare: {@link #parametersOnly} of a layer that has none, or
     *     {@link #only} an oracle that has nothing to say here; or if a {@linkplain #recorded recording} does not have what is to
     *     be compared, in the layer's shapes, or has more
     */
    @Override
    public List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (int batch : batches) {
            requireSomethingToCompare(batch);
            claims.addAll(LayerContract.claims(this, batch));
            claims.addAll(StepClaims.claims(this, batch));
            claims.addAll(ExtremeClaims.claims(this, batch));
            claims.addAll(ShiftClaims.claims(this, batch));
            claims.addAll(QuotientClaims.claims(this, batch));
            claims.addAll(BackwardClaims.claims(this, batch));
            claims.addAll(BatchClaims.claims(this, batch));
            claims.addAll(DerivativeClaims.claims(this, batch));
            claims.addAll(PredictionClaims.claims(this, batch));
            claims.addAll(NextStepClaims.claims(this, batch));
            claims.addAll(LayerOracles.claims(this, batch));
        }
        recordings.forEach(recording -> claims.addAll(RecordedLayer.claims(this, recording)));
        return Claim.askedOf(only, claims, subject);
    }

    private void requireSomethingToCompare(int batch) {
        try (LayerProbe probe = new LayerProbe(this, batch)) {
            if (!comparesInput && probe.model().parameterCount() == 0) {
                throw new IllegalArgumentException(subject + " has no parameters, and its input was to be left out"
                        + "\n  expected something to compare\n  fix: leave out parametersOnly()");
            }
        }
    }

    @Override
    public String toString() {
        return subject + " on " + input();
    }
}
