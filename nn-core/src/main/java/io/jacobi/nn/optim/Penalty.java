package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function of the weights alone that is added to the loss, such as the sum of their squares. Immutable. */
public interface Penalty {

    /**
     * Returns the penalty and adds its gradient.
     *
     * @param weights the model's flat weights
     * @param parameters where each parameter lies in them
     * @param gradients in the layout of the weights; added to
     */
    double valueAndAddGradient(INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch);
}
