package io.jacobi.nn.init;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.random.RandomGenerator;

/** Normal with this mean and standard deviation, not truncated. */
public record Normal(double mean, double deviation) implements Initializer {

    public Normal {
        if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException(
                    "A normal initializer needs a finite mean and a positive, finite deviation;" + " received " + mean
                            + " and " + deviation);
        }
    }

    @Override
    public void fill(double[] values, Shape shape, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian(mean, deviation);
        }
    }
}
