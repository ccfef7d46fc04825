package io.jacobi.nn;

import java.util.SplittableRandom;

/**
 * One example of a batch on the heap, as a {@link RowLayer} sees it. The arrays hold its elements in 'c' order, in double whatever the
 * type of the model, and have exactly its length. They are copies: a change to one that is not to be written has no effect.
 */
public interface Row {

    /** The input. */
    double[] x();

    /** The output. Forward writes it, and it holds NaN before; in backward it holds what forward wrote. */
    double[] y();

    /** The gradient of the loss with respect to y. It exists in backward. */
    double[] dy();

    /** The gradient of the loss with respect to x. Backward writes it, and it holds NaN before. It exists in backward. */
    double[] dx();

    /** A declared parameter or state, by the layer's own name for it. */
    double[] value(String name);

    /** The gradient of a declared parameter, summed over the examples so far; backward adds to it. It exists in backward. */
    double[] gradient(String parameter);

    /** This example's row of a declared saved buffer. Forward writes all of it, and backward reads it. */
    double[] saved(String name);

    /** Whether dx has a use; otherwise it is ignored. */
    boolean needsInputGradient();

    /** True in a training step, false when predicting. */
    boolean training();

    /**
     * Returns a new generator for this example: a function of (model seed, layer, step, position in the whole batch). It gives the same
     * numbers in forward and in the backward that follows, however the batch is split.
     */
    SplittableRandom random();
}
