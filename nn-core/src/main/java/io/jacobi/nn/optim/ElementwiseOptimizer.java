package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An optimizer that moves each weight by a function of its gradient and its own moments, as all optimizers of this
 * package do. An implementation names its moments and writes the update as a loop over a tile. This interface adds
 * everything else: a flat vector for each moment, tiles, weight decay, steps in parts on several threads, and
 * {@link Stepper#restore}.
 *
 * <pre>{@code
 * record Momentum(Schedule rate, double share) implements ElementwiseOptimizer {
 *     public List<String> moments() {
 *         return List.of("velocity");
 *     }
 *
 *     public TileUpdate update(long step, double learningRate) {
 *         return (w, g, moments, n) -> {
 *             double[] v = moments[0];
 *             for (int i = 0; i < n; i++) {
 *                 v[i] = share * v[i] + g[i];
 *                 w[i] -= learningRate * v[i];
 *             }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>Write it as a record, because a run is resumed only if the optimizer has the same text as the one in the
 * checkpoint. An example, with its test: docs/add-an-optimizer.md.
 */
public interface ElementwiseOptimizer extends Optimizer {

    /**
     * The names of the moments, in the order in which {@link TileUpdate#apply} receives them. Each moment has a number
     * for each weight and starts at 0. Checkpoints store the moments by name.
     */
    List<String> moments();

    /**
     * The update of one step: a function of both arguments and the hyperparameters alone, so that a restored run
     * repeats it. Numbers that depend on the step and not on a weight, such as a bias correction, are computed here.
     *
     * @param step the number of the step, from 1 as in the papers
     * @param learningRate the rate of this step
     */
    TileUpdate update(long step, double learningRate);

    /**
     * The factor of the decoupled weight decay, at least 0: before the update, a decaying weight is multiplied by
     * 1 − learning rate · decay.
     */
    default double weightDecay() {
        return 0;
    }

    /** Whether all weights decay; otherwise only those of parameters that {@linkplain Parameter#decays decay}. */
    default boolean decaysAll() {
        return false;
    }

    /**
     * Starts a run whose moments are 0.
     *
     * @throws IllegalArgumentException if two moments have one name, or if the weight decay is negative, infinite or
     *     NaN
     */
    @Override
    default Stepper start(INDArray weights, List<Parameter> parameters) {
        return new TiledStepper(this, weights, parameters);
    }
}
