package io.jacobi.nn.optim;

import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bounds gradients before the optimizer sees them, so that one bad batch cannot throw the weights far away. Immutable. */
public interface GradientClip {

    /**
     * Clips in place.
     *
     * @param gradients the flat gradient of all weights
     * @return the Euclidean norm of the gradient before it was clipped
     */
    double apply(INDArray gradients, Scratch scratch);

    /**
     * Shortens a gradient that is longer than {@code max}, and keeps its direction: {@link NormClip}.
     *
     * @throws IllegalArgumentException unless {@code max} is positive and finite
     */
    static GradientClip norm(double max) {
        return new NormClip(max);
    }

    /**
     * Moves each element into [−max, max]: {@link ValueClip}.
     *
     * @throws IllegalArgumentException unless {@code max} is positive and finite
     */
    static GradientClip value(double max) {
        return new ValueClip(max);
    }
}
