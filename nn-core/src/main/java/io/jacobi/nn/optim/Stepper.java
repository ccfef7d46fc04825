package io.jacobi.nn.optim;

import io.jacobi.nn.math.Split;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An optimizer at work on one weight vector. One step at a time.
 *
 * <p>What it remembers is {@link #state} and {@link #steps}, and nothing else: store both beside the weights, start a new stepper
 * over the loaded weights, {@link #restore} both, and the run goes on to the bit as if it had never stopped.
 */
public interface Stepper {

    /** Changes the weights in place. {@code gradients} has the layout of the weights and is only read. */
    void step(INDArray gradients, double rate);

    /** The same, in parts that may run at once if this stepper can: the result does not depend on them. */
    default void step(INDArray gradients, double rate, Split split) {
        step(gradients, rate);
    }

    /** The moments, by name: one flat vector each, in the layout of the weights; live and not a copy. */
    Map<String, INDArray> state();

    /** How many steps were made; bias corrections are functions of it. */
    long steps();

    /**
     * Goes on from a stored run.
     *
     * @param state as {@link #state} gave it; copied
     * @param steps as {@link #steps} gave it
     * @throws IllegalArgumentException if names, lengths or data types are not those of {@link #state}, or if {@code steps} is
     *     negative; nothing has changed then
     */
    void restore(Map<String, INDArray> state, long steps);
}
