package io.jacobi.nn.derivative;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean loss of one batch near the model's weights: the terms of a Taylor expansion to second order.
 *
 * <pre>
 * L(w + d) ≈ L + gᵀ d + ½ dᵀ H d     L value     g gradient     H Hessian
 * H v ≈ (g(w + h v) − g(w − h v)) / 2h
 * </pre>
 *
 * The layers compute the gradient. The Hessian consists of central differences of gradients, because no layer knows its
 * second derivative. h moves w by about 4e-6, times the largest weight if it is above 1. This gives about nine digits
 * in double and none in float, so second derivatives require a DOUBLE model. Dropout has the same masks on both sides.
 * If the loss has kinks, as with ReLU, the Hessian belongs to the smooth piece around w, unless a kink is nearer than
 * h.
 *
 * <p>Returned arrays belong to the caller. Source: Pearlmutter 1994, section 2 (the difference, and the digits that it
 * costs).
 */
public final class Expansion {

    /** The largest number of weights of a Hessian, which then has 2^24 elements, 128 MB, and takes 2^13 gradients. */
    public static final int MAX_WEIGHTS = 1 << 12;

    private final Sequential model;
    private final Mode mode;
    private final Loss loss;
    private final Batch batch;

    Expansion(Sequential model, Mode mode, Loss loss, Batch batch) {
        this.model = model;
        this.mode = mode;
        this.loss = loss;
        this.batch = batch;
    }

    private LossRun run() {
        return new LossRun(model, mode, loss, batch);
    }

    /**
     * Returns L.
     *
     * @throws IllegalArgumentException if a target is impossible; the message names it
     */
    public double value() {
        try (LossRun run = run()) {
            return run.forward();
        }
    }

    /** Returns g, with respect to the weights and to the input. It costs one forward and one backward pass. */
    public Gradient gradient() {
        try (LossRun run = run()) {
            run.forward();
            return run.gradient(model);
        }
    }

    /**
     * Returns the Hessian-vector product H v, {@code [weights]}. It costs two gradients.
     *
     * @param v a number for each weight, in the layout of {@link Sequential#weights()}
     * @throws io.jacobi.nn.ShapeException if the number differs from the number of weights
     * @throws IllegalArgumentException if v is not finite
     * @throws UnsupportedOperationException if the model is FLOAT, or has no weights
     */
    public INDArray hvp(INDArray v) {
        requireSecondDerivatives();
        double[] direction = Inputs.direction(model, v);
        try (LossRun run = run()) {
            INDArray product = Memory.vector(DataType.DOUBLE, direction.length);
            Vectors.set(product, new GradientDifference(run).along(direction));
            return product;
        }
    }

    /** Returns the Hessian-vector product; see {@link #hvp(INDArray)}. */
    public INDArray hvp(double... v) {
        return hvp(Inputs.vector(v));
    }

    /**
     * Returns H, {@code [weights, weights]} in the layout of {@link Sequential#weights()}. It costs two gradients for
     * each weight.
     *
     * @throws UnsupportedOperationException if there are more than {@value #MAX_WEIGHTS} weights, or none, or the model
     *     is FLOAT
     */
    public Hessian hessian() {
        requireSecondDerivatives();
        return hessian("the model", 0, model.parameterCount());
    }

    /**
     * Returns the block of H that belongs to one parameter, {@code [elements, elements]}. It costs two gradients for
     * each element.
     *
     * @throws IllegalArgumentException if there is no parameter of this path, such as {@code 2.weight}
     * @throws UnsupportedOperationException if it has more than {@value #MAX_WEIGHTS} elements, or the model is FLOAT
     */
    public Hessian hessian(String parameter) {
        requireSecondDerivatives();
        Parameter p = Gradient.find(model.parameters(), parameter);
        return hessian(parameter, p.offset(), p.shape().size());
    }

    private Hessian hessian(String what, long offset, long size) {
        if (size > MAX_WEIGHTS) {
            throw new UnsupportedOperationException("The Hessian of " + what + " would have " + size + " x " + size
                    + " elements\n  expected at most " + MAX_WEIGHTS + " weights"
                    + "\n  fix: use hessian(parameter) of a smaller parameter, or hvp(v), which makes no matrix");
        }
        try (LossRun run = run()) {
            return Hessian.of(new GradientDifference(run), (int) offset, (int) size);
        }
    }

    private void requireSecondDerivatives() {
        if (model.dataType() != DataType.DOUBLE) {
            throw new UnsupportedOperationException("The model is " + model.dataType()
                    + ", and a difference of its gradients would be mostly rounding\n  expected a DOUBLE model"
                    + "\n  fix: build the same layers as DOUBLE, and Vectors.copy(weights) from this one");
        }
        if (model.parameterCount() == 0) {
            throw new UnsupportedOperationException(model + " has no weights\n  expected a model that is trained");
        }
    }
}
