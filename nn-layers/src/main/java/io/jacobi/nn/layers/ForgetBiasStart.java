package io.jacobi.nn.layers;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.random.RandomGenerator;

/**
 * How a bias of {@link Lstm} starts: as {@code others} say, and in the second quarter, which belongs to the forget gate, so much
 * larger.
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
