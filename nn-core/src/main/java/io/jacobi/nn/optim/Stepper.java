package io.jacobi.nn.optim;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Split;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A run of an optimizer over one weight vector. It makes one step at a time.
 *
 * <p>{@link #state} and {@link #steps} are all that it carries from step to step. To stop and resume a run, store both
 * with the weights, start a new stepper over the loaded weights and {@link #restore} both: the weights are then the
 * same to the bit as without the stop.
 *
 * <p>A stepper serves one thread at a time. It has native memory, which {@link #close} frees; the weights belong to the
 * model, which must be open as long as the stepper makes steps.
 */
public interface Stepper extends AutoCloseable {

    /**
     * Changes the weights in place. {@code gradients} has the layout of the weights and is only read.
     *
     * @throws NonFiniteUpdateException if a gradient is NaN or infinite, or if a weight or a moment would become so;
     *     nothing has changed then. A stepper of your own need not check gradients: the trainer calls the other method,
     *     which does.
     */
    void step(INDArray gradients, double rate);

    /**
     * Makes a step in parts that may run at the same time, if the stepper supports it. The result does not depend on
     * the parts. A stepper that overrides this method checks the gradients itself.
     *
     * @throws NonFiniteUpdateException as for the other method
     */
    default void step(INDArray gradients, double rate, Split split) {
        FiniteGradient.require(new Scratch(), gradients);
        step(gradients, rate);
    }

    /**
     * The moments by name, each a flat vector in the layout of the weights; live and not a copy. In a float model they
     * are doubles while one of them is too large for floats.
     */
    Map<String, INDArray> state();

    /** The number of steps made. Bias corrections are functions of it. */
    long steps();

    /**
     * Continues a stored run.
     *
     * @param state the {@link #state} of the stored run; copied
     * @param steps the {@link #steps} of the stored run
     * @throws IllegalArgumentException if names, lengths or data types differ from the moments of this stepper, if a
     *     moment is NaN or infinite, or if {@code steps} is negative; nothing changes then
     */
    void restore(Map<String, INDArray> state, long steps);

    /** Frees the moments. A stepper without moments has nothing to free. */
    @Override
    default void close() {}
}
