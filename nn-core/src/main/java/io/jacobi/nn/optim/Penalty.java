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
     * @param parameters the place of each parameter in {@code weights}
     * @param gradients in the layout of the weights; the gradient of the penalty is added to it
     */
    double valueAndAddGradient(INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch);

    /**
     * The penalty λ Σ |w|.
     *
     * @throws IllegalArgumentException unless λ is finite and at least 0
     */
    static L1 l1(double lambda) {
        return new L1(lambda, false);
    }

    /**
     * The penalty λ Σ w², without a factor ½.
     *
     * @throws IllegalArgumentException unless λ is finite and at least 0
     */
    static L2 l2(double lambda) {
        return new L2(lambda, false);
    }
}
