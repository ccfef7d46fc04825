package io.jacobi.nn.check.compare;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the gradient by one array with an oracle. */
@FunctionalInterface
public interface Comparer {

    /**
     * Compares one gradient.
     *
     * @param name of the array, in reports
     * @param array the gradient is the derivative by this array
     * @param analytic the gradient that is checked
     */
    TensorResult compare(String name, INDArray array, double[] analytic);
}
