package io.jacobi.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A chain of layers inside another layer. Its first layer reads the parent's {@code x}, its last layer's gradient is the
 * parent's {@code dy}: nothing is copied. What it gives, {@link #y} and {@link #dx}, are buffers of its own, from which the parent
 * makes its own y and dx.
 */
public interface Children {

    /** Computes {@link #y} from the parent's x. */
    void forward();

    /** From the parent's dy, adds to the gradients of the children's parameters and, if the parent needs it, writes {@link #dx}. */
    void backward();

    /** The output of the last child. */
    INDArray y();

    /** The gradient of the first child's input; exists where the parent's {@link Pass#needsInputGradient} holds. */
    INDArray dx();
}
