package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A rule by which gradients change weights. Immutable: it holds hyperparameters, and the state of a run is in its
 * {@link Stepper}.
 *
 * <p>{@link ElementwiseOptimizer} is the short way to write one: docs/add-an-optimizer.md.
 */
public interface Optimizer {

    /** The learning rate of each step. */
    Schedule rate();

    /**
     * Starts a run over a model's flat weights.
     *
     * @param parameters the place of each parameter in {@code weights}, for optimizers that treat some parameters
     *     differently
     */
    Stepper start(INDArray weights, List<Parameter> parameters);
}
