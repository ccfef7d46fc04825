package io.jacobi.nn;

import java.util.SplittableRandom;

/**
 * One example of a batch on the heap, for a {@link RowLayer}. The arrays hold its elements in 'c' order, in double
 * whatever the type of the model, and have exactly its length. They are copies, so changes to x, dy, values and states
 * have no effect outside.
 */
public interface Row {

    /** The input. */
    double[] x();

    /** The output. It holds NaN until forward writes it; in backward it holds the result of forward. */
    double[] y();

    /** The gradient of the loss with respect to y; in backward only. */
    double[] dy();

    /** The gradient of the loss with respect to x; in backward only. It holds NaN until backward writes it. */
    double[] dx();

    /** A declared parameter or state, by the layer's own name for it. */
    double[] value(String name);

    /** The gradient of a declared parameter, summed over the examples so far; in backward only, which adds to it. */
    double[] gradient(String parameter);

    /** This example's row of a declared saved buffer. Forward writes all of it, and backward reads it. */
    double[] saved(String name);

    /** Whether dx is needed; otherwise it is ignored. */
    boolean needsInputGradient();

    /** True in a training step, false when predicting. */
    boolean training();

    /**
     * Returns a new generator for this example: a function of (model seed, layer, step, position in the whole batch).
     * It gives the same numbers in forward and in the backward that follows, however the batch is split.
     */
    SplittableRandom random();
}
