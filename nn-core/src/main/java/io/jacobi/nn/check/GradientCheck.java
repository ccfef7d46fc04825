package io.jacobi.nn.check;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializer;
import io.jacobi.nn.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a hand-derived layer against central differences in double, for every coordinate of its input and of every parameter,
 * and checks the contract of {@link Layer} besides.
 *
 * <pre>{@code
 * GradientCheck.of(new Affine(3)).input(Shape.of(5)).verify();
 * }</pre>
 *
 * The scalar that is differentiated is a random projection of the output, Σ r ∘ y. A plain sum would be blind to mistakes that
 * cancel: the rows of a softmax sum to one whatever its gradient says.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 *
 * @param subject the layer
 * @param input the shape of one input example
 * @param inputs what inputs are drawn from
 * @param batches the batch sizes to check at
 * @param seed what weights, inputs and the projection are drawn from
 * @param tolerance the largest relative error that passes
 * @param step the h of the differences, relative to values above 1
 * @param comparesInput whether the gradient of the input is compared, besides those of the parameters
 */
public record GradientCheck(
        Layer subject,
        Shape input,
        Initializer inputs,
        List<Integer> batches,
        long seed,
        double tolerance,
        double step,
        boolean comparesInput) {

    /** What a smooth layer reaches with room to spare, and what a wrong one misses by orders of magnitude. */
    public static final double DEFAULT_TOLERANCE = 1e-7;

    /** About the cube root of the double's rounding unit, where truncation and rounding errors balance. */
    public static final double DEFAULT_STEP = 1e-5;

    public GradientCheck {
        batches = List.copyOf(batches);
        if (batches.isEmpty() || batches.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "Batch sizes to check at are " + batches + "\n  expected at least one, each >= 1");
        }
        if (!(tolerance > 0) || !(step > 0)) {
            throw new IllegalArgumentException(
                    "Tolerance is " + tolerance + " and step " + step + "\n  expected both positive");
        }
    }

    /** A check of this layer on inputs of shape {@code [5]} until {@link #input} says otherwise. */
    public static GradientCheck of(Layer layer) {
        return new GradientCheck(
                layer, Shape.of(5), Initializer.normal(0, 1), List.of(1, 3), 42, DEFAULT_TOLERANCE, DEFAULT_STEP, true);
    }

    /** A check of this loss; give it predictions and targets. */
    public static LossCheck of(Loss loss) {
        return new LossCheck(loss);
    }

    /** The shape of one input example. */
    public GradientCheck input(Shape shape) {
        return new GradientCheck(subject, shape, inputs, batches, seed, tolerance, step, comparesInput);
    }

    /** What inputs are drawn from; the standard normal unless set. */
    public GradientCheck inputs(Initializer source) {
        return new GradientCheck(subject, input, source, batches, seed, tolerance, step, comparesInput);
    }

    /** The batch sizes; 1 and 3 unless set. */
    public GradientCheck batches(Integer... sizes) {
        return new GradientCheck(subject, input, inputs, List.of(sizes), seed, tolerance, step, comparesInput);
    }

    /** The seed; 42 unless set. */
    public GradientCheck seed(long value) {
        return new GradientCheck(subject, input, inputs, batches, value, tolerance, step, comparesInput);
    }

    /** The largest relative error that passes; {@value #DEFAULT_TOLERANCE} unless set. */
    public GradientCheck tolerance(double value) {
        return new GradientCheck(subject, input, inputs, batches, seed, value, step, comparesInput);
    }

    /** The h of the differences; {@value #DEFAULT_STEP} unless set. */
    public GradientCheck step(double value) {
        return new GradientCheck(subject, input, inputs, batches, seed, tolerance, value, comparesInput);
    }

    /** Leaves the gradient of the input out, for layers whose input is not a number to vary but a choice, such as an index. */
    public GradientCheck parametersOnly() {
        return new GradientCheck(subject, input, inputs, batches, seed, tolerance, step, false);
    }

    /**
     * Runs every check and returns what was found, good or bad.
     *
     * @throws io.jacobi.nn.ShapeException if the layer does not take the input shape
     * @throws IllegalArgumentException if there would be nothing to compare: {@link #parametersOnly} of a layer that has none
     */
    public GradientReport report() {
        List<TensorResult> tensors = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int batch : batches) {
            try (LayerProbe probe = new LayerProbe(this, batch)) {
                findings.addAll(LayerContract.check(probe));
                tensors.addAll(probe.compareWithDifferences());
            }
        }
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException(subject + " has no parameters, and its input was to be left out"
                    + "\n  expected something to compare\n  fix: leave out parametersOnly()");
        }
        return new GradientReport(subject.toString(), tolerance, tensors, findings);
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
}
