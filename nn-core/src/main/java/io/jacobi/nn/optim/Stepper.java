package io.jacobi.nn.optim;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimizer at work on one weight vector. One thread at a time. */
public interface Stepper {

    /** Changes the weights in place. {@code gradients} has the layout of the weights and is only read. */
    void step(INDArray gradients, double rate);

    /** What must be stored to go on later, such as moments: by name, one flat vector each, live and not a copy. */
    Map<String, INDArray> state();
}
