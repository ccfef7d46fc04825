package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How gradients change weights. Immutable: hyperparameters only; what a run remembers is in its {@link Stepper}. */
public interface Optimizer {

    /** The learning rate of each step. */
    Schedule rate();

    /**
     * Starts a run over a model's flat weights.
     *
     * @param parameters where each parameter lies in {@code weights}, for optimizers that treat some differently
     */
    Stepper start(INDArray weights, List<Parameter> parameters);
}
