package io.jacobi.nn;

import java.util.random.RandomGenerator;

/**
 * Sets the initial values of a parameter. Values are drawn in double and rounded to the model's data type, so that a
 * float model and a double model of one seed start alike.
 */
@FunctionalInterface
public interface Initializer {

    /**
     * Fills {@code values}, the elements of {@code shape} in 'c' order, with {@code random} as the only source of
     * randomness.
     */
    void fill(double[] values, Shape shape, RandomGenerator random);
}
