package io.jacobi.nn.layers;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.random.RandomGenerator;

/**
 * The start of a bias of {@link Lstm}: the values of {@code others}, to which {@code more} is added in the second
 * quarter, the part of the forget gate.
 */
record ForgetBiasStart(Initializer others, double more) implements Initializer {

    @Override
    public void fill(double[] values, Shape shape, RandomGenerator random) {
        others.fill(values, shape, random);
        for (int k = values.length / 4; k < values.length / 2; k++) {
            values[k] += more;
        }
    }
}
