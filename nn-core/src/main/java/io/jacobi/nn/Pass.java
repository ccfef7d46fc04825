package io.jacobi.nn;

import io.jacobi.nn.math.Scratch;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one layer sees of one {@code Workspace}: its arrays, all dense and in 'c' order, all of the model's data type. There is
 * one Pass for each layer and batch size, created once, and each method returns the same array object every time.
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

    /** The gradient of a declared parameter, same shape; backward adds to it. */
    INDArray gradient(String parameter);

    /** A declared saved buffer, {@code [batch, perExample...]}. */
    INDArray saved(String name);

    /** A declared buffer that does not depend on the batch. */
    INDArray buffer(String name);

    /** Declared children, ready to run. */
    Children children(String name);

    /** True in a training step, false when predicting. */
    boolean training();

    /** False for layers that have nothing to train before them: {@link #dx} does not exist then. */
    boolean needsInputGradient();

    /** The number of examples in this pass. */
    int batch();

    /**
     * The position of this pass's first example in the whole batch. It is 0 unless the trainer has split the batch over threads.
     * What is random for each example must depend on it, or the result would depend on the number of threads.
     */
    int firstExample();

    /** A function of (model seed, layer, step): what {@link #random()} starts from. The same key gives the same numbers. */
    long key();

    /** A fresh generator seeded by {@link #key()}, so that a step can be replayed. */
    default SplittableRandom random() {
        return new SplittableRandom(key());
    }

    /** The heap tiles of this pass's workspace, which every kernel in {@code math} works on. */
    Scratch scratch();
}
