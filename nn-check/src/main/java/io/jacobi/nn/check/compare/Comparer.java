package io.jacobi.nn.check.compare;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the gradient by one array with what an oracle says of it. */
@FunctionalInterface
public interface Comparer {

    /**
     * Compares one gradient.
     *
     * @param name of the array, in reports
     * @param array the gradient is a derivative by this array
     * @param analytic the gradient, as the layer or loss has it
     */
    TensorResult compare(String name, INDArray array, double[] analytic);
}
