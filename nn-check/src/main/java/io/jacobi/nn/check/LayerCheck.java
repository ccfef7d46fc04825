package io.jacobi.nn.check;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.DifferenceSettings;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.layer.LayerClaims;
import io.jacobi.nn.check.layer.LayerInputs;
import io.jacobi.nn.check.layer.LayerSettings;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.scalar.ScalarLayer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a hand-derived layer: its gradients against independent oracles, in double, and the contract of {@link Layer}.
 *
 * <pre>{@code
 * GradientCheck.of(new Affine(3)).input(Shape.of(5)).verify();
 * }</pre>
 *
 * The scalar that is differentiated is a random projection of the output, Σ r ∘ y. A plain sum would miss mistakes that
 * cancel: the rows of a softmax sum to one whatever its gradient is.
 *
 * <p>Every layer is compared with central differences. A smooth layer is also compared with the stencil of five points,
 * which agrees to 1e-10, and its error must fall as h²; a layer {@linkplain #withKinks with kinks} must be declared as
 * one. Differences compare every coordinate of arrays of {@linkplain #everyCoordinateUpTo up to} {@value
 * Differences#EVERY_COORDINATE_UP_TO} elements, and larger arrays along random directions and at a sample. If the
 * forward pass is {@linkplain #scalars written a second time}, number by number, the gradients are also compared with
 * {@link io.jacobi.nn.scalar.Scalar} and {@link io.jacobi.nn.scalar.Dual}, to 1e-12. Values that another framework
 * computed are one more oracle: {@link #recorded}.
 *
 * <p>The contract is tested claim by claim: what forward, backward and a prediction write, and what they leave
 * unchanged; that a step allocates nothing native; that backward is linear, repeats itself, and treats examples as
 * independent; that float agrees with double. At inputs of ±1000 and at equal inputs too, everything is finite and the
 * gradient is right. {@link #shiftInvariant} adds the claims about a layer such as softmax. A gradient that is the
 * layer's own difference quotient, with which central differences would agree, is reported as one.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class LayerCheck implements Checkable {

    private static final Shape DEFAULT_INPUT = Shape.of(5);

    private final Layer subject;
    private Optional<Shape> input = Optional.empty();
    private Optional<Initializer> inputs = Optional.empty();
    private boolean comparesInput = true;
    private List<Integer> batches = List.of(1, 3);
    private long seed = 42;
    private DifferenceSettings differences = DifferenceSettings.defaults();
    private int shiftedDimensions;
    private Optional<ScalarLayer> twin = Optional.empty();
    private List<Recorded> recordings = List.of();
    private Set<Oracle> only = Set.of();

    LayerCheck(Layer subject) {
        this.subject = subject;
    }

    private LayerCheck with(Consumer<LayerCheck> change) {
        LayerCheck copy = new LayerCheck(subject);
        copy.input = input;
        copy.inputs = inputs;
        copy.comparesInput = comparesInput;
        copy.batches = batches;
        copy.seed = seed;
        copy.differences = differences;
        copy.shiftedDimensions = shiftedDimensions;
        copy.twin = twin;
        copy.recordings = recordings;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /**
     * Sets the shape of one input example. The default is the shape of the first recording, or {@code [5]} if there is
     * none.
     */
    public LayerCheck input(Shape shape) {
        return with(c -> c.input = Optional.of(shape));
    }

    /**
     * Sets the source of the inputs; the default is the standard normal. A layer with a source of its own may be
     * defined for such inputs alone, and is not tried at ±1000. If the layer gives NaN or infinity at an input, the
     * check has one claim, which does not hold and names that input.
     */
    public LayerCheck inputs(Initializer source) {
        return with(c -> c.inputs = Optional.of(source));
    }

    /**
     * Leaves the gradient of the input out, for layers whose input is not a number to vary but a choice, such as an
     * index.
     */
    public LayerCheck parametersOnly() {
        return with(c -> c.comparesInput = false);
    }

    /**
     * Sets the batch sizes to check at; the default is 1 and 3.
     *
     * @throws IllegalArgumentException if there is none, or one below 1
     */
    public LayerCheck batches(Integer... sizes) {
        List<Integer> all = List.of(sizes);
        if (all.isEmpty() || all.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "Batch sizes to check at are " + all + "\n  expected at least one, each >= 1");
        }
        return with(c -> c.batches = all);
    }

    /** Sets the seed of weights, inputs and the projection; the default is 42. */
    public LayerCheck seed(long value) {
        return with(c -> c.seed = value);
    }

    /**
     * Sets the largest relative error of a central difference that passes; the default is {@value
     * Stencil#CENTRAL_TOLERANCE}.
     */
    public LayerCheck tolerance(double value) {
        return with(c ->
                c.differences = differences.withCentral(differences.central().withTolerance(value)));
    }

    /** Sets the h of central differences, relative to values above 1; the default is {@value Stencil#CENTRAL_STEP}. */
    public LayerCheck step(double value) {
        return with(c ->
                c.differences = differences.withCentral(differences.central().withStep(value)));
    }

    /**
     * Sets the h and the largest relative error of the five-point stencil; the defaults are {@value
     * Stencil#FIVE_POINT_STEP} and {@value Stencil#FIVE_POINT_TOLERANCE}. A layer that needs others has curvature at
     * another scale than its input, or cancels digits: a comment beside the setting should say which.
     */
    public LayerCheck fivePoint(double h, double largestError) {
        return with(c -> c.differences = differences.withFivePoint(new Stencil(Oracle.FIVE_POINT, h, largestError)));
    }

    /**
     * Declares that the layer has kinks, as a rectifier has at 0. Coordinates that lie on one are left out and counted,
     * 5 % at most, and five points are not compared. Without this setting no coordinate is left out, and a kink is a
     * mistake.
     */
    public LayerCheck withKinks() {
        return with(c -> c.differences = differences.withKinks());
    }

    /**
     * Sets the largest array of which differences compare every coordinate; the default is {@value
     * Differences#EVERY_COORDINATE_UP_TO}. Larger arrays are compared along {@value Differences#DIRECTIONS} random
     * directions and at a sample of {@value Differences#SAMPLE} coordinates; the report says which.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public LayerCheck everyCoordinateUpTo(int elements) {
        return with(c -> c.differences = differences.withEveryCoordinateUpTo(elements));
    }

    /**
     * Claims that a number added to all elements of a row changes nothing, as for a softmax; a row is the last
     * dimension.
     */
    public LayerCheck shiftInvariant() {
        return shiftInvariant(1);
    }

    /**
     * Claims that a number added to all elements of a row changes nothing, where a row is the last {@code dimensions}
     * together.
     *
     * @throws IllegalArgumentException unless at least 1
     */
    public LayerCheck shiftInvariant(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException(
                    "A row to be shifted has " + dimensions + " dimensions\n  expected at least 1");
        }
        return with(c -> c.shiftedDimensions = dimensions);
    }

    /**
     * Sets the forward pass written a second time, number by number, which adds two oracles: reverse and forward mode.
     */
    public LayerCheck scalars(ScalarLayer forward) {
        return with(c -> c.twin = Optional.of(forward));
    }

    /**
     * Adds a comparison with values that another framework computed, in double to 1e-10 and in float to 1e-5 of the
     * largest element of each array. May be called several times; each recording brings its own batch, inputs and
     * parameters.
     */
    public LayerCheck recorded(Recorded recording) {
        return with(c -> c.recordings =
                Stream.concat(recordings.stream(), Stream.of(recording)).toList());
    }

    /** Compares with these oracles alone, and tests nothing of the contract. */
    public LayerCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
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

    /** The source of the inputs. */
    public Initializer inputs() {
        return settings().inputs().initializer();
    }

    /** The batch sizes. */
    public List<Integer> batches() {
        return batches;
    }

    private LayerSettings settings() {
        return new LayerSettings(
                subject, new LayerInputs(input(), inputs, comparesInput), seed, differences, shiftedDimensions, twin);
    }

    /**
     * Returns every claim that this check tests, to be tested one by one. Runs the layer forward once for each batch
     * size, because a layer that is not defined at the inputs has one claim only, which says so.
     *
     * @throws io.jacobi.nn.ShapeException if the layer does not take the input shape
     * @throws IllegalArgumentException if there is nothing to compare: {@link #parametersOnly} of a layer without
     *     parameters, or {@link #only} with an oracle that this check does not have; or if a {@linkplain #recorded
     *     recording} lacks an array that is to be compared, has it in another shape, or has others
     */
    @Override
    public List<Claim> claims() {
        LayerSettings settings = settings();
        List<Claim> claims = new ArrayList<>();
        if (!only.equals(Set.of(Oracle.RECORDED))) {
            claims.addAll(LayerClaims.of(settings, batches));
        }
        recordings.forEach(recording -> claims.addAll(LayerClaims.recorded(settings, recording)));
        return Claim.askedOf(only, claims, subject);
    }

    @Override
    public String toString() {
        return subject + " on " + input();
    }
}
