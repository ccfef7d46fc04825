package io.jacobi.nn;

import io.jacobi.nn.math.Scratch;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's view of a workspace: its arrays, all dense, in 'c' order and of the model's data type. There is one Pass
 * for each layer and batch size, created once, and each method returns the same array object every time.
 *
 * <p>A Pass belongs to one thread at a time.
 */
public interface Pass {

    /** The input, {@code [batch, input shape...]}. */
    INDArray x();

    /** The output, {@code [batch, output shape...]}; written by forward. */
    INDArray y();

    /** The gradient of the loss with respect to y, same shape. */
    INDArray dy();

    /** The gradient of the loss with respect to x, same shape; overwritten by backward. */
    INDArray dx();

    /** A declared parameter or state, by the layer's own name for it. */
    INDArray value(String name);

    /**
     * Replaces a declared state, such as a running mean, in a training step. Values are rounded if the model is FLOAT.
     * A layer stores its states through this method, because a number that is finite in double may be infinite as a
     * float, and would stay so.
     *
     * @param values at least as many as the state has elements, in 'c' order
     * @throws IllegalArgumentException if a value is NaN or infinite in the model's type; the state is unchanged then,
     *     and the message names layer, state and value
     */
    void storeState(String name, double[] values);

    /** The gradient of a declared parameter, same shape; backward adds to it. */
    INDArray gradient(String parameter);

    /** A declared saved buffer, {@code [batch, perExample...]}. */
    INDArray saved(String name);

    /** A declared buffer that does not depend on the batch. */
    INDArray buffer(String name);

    /** A declared branch, by its name. */
    Branch branch(String name);

    /** All declared branches, in the order of their declaration. */
    List<? extends Branch> branches();

    /** True in a training step, false when predicting. */
    boolean training();

    /** Whether there is a {@link #dx}. A layer with nothing to train before it has none in training. */
    boolean needsInputGradient();

    /** The number of examples in this pass. */
    int batch();

    /**
     * The position of this pass's first example in the whole batch. It is 0 unless the trainer has split the batch over
     * threads. Anything random for each example must depend on it; otherwise the result would depend on the number of
     * threads.
     */
    int firstExample();

    /** The seed of {@link #random()}: a function of (model seed, layer, step). */
    long key();

    /** Returns a new generator seeded by {@link #key()}, so that a step can be replayed. */
    default SplittableRandom random() {
        return new SplittableRandom(key());
    }

    /** The heap tiles of this pass's workspace, which the kernels in {@code math} work on. */
    Scratch scratch();

    /** Runs the forward function of a layer for each example of the batch. {@link RowLayer} calls it. */
    void forwardRows(RowLayer layer);

    /** Runs the backward function of a layer for each example of the batch. {@link RowLayer} calls it. */
    void backwardRows(RowLayer layer);
}
