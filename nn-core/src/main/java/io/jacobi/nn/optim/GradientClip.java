package io.jacobi.nn.optim;

import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bounds gradients before the optimizer uses them, so that one bad batch cannot throw the weights far away. Immutable.
 */
public interface GradientClip {

    /**
     * Clips in place.
     *
     * @param gradients the flat gradient of all weights
     * @return the Euclidean norm of the gradient before it was clipped
     */
    double apply(INDArray gradients, Scratch scratch);

    /**
     * Shortens a gradient that is too long, all weights together, and keeps its direction: PyTorch's clip_grad_norm_.
     *
     * <pre>
     * g ← g · min(1, max / (‖g‖ + 10⁻⁶))
     * </pre>
     *
     * If an element is NaN or infinite, so is the norm that is returned, and the gradient stays as it is. The trainer
     * refuses such a step before it clips.
     *
     * <p>Source: Pascanu, Mikolov and Bengio 2013, algorithm 1.
     *
     * @throws IllegalArgumentException unless {@code max} is positive and finite
     */
    static GradientClip norm(double max) {
        return new NormClip(max);
    }

    /**
     * Moves each element of the gradient into [−max, max], which may change its direction: PyTorch's clip_grad_value_.
     *
     * <pre>
     * gᵢ ← min(max(gᵢ, −max), max)
     * </pre>
     *
     * NaN stays NaN.
     *
     * @throws IllegalArgumentException unless {@code max} is positive and finite
     */
    static GradientClip value(double max) {
        return new ValueClip(max);
    }
}
