package io.jacobi.nn.init;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Every element is {@code value}. */
public record Constant(double value) implements Initializer {

    public Constant {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A constant initializer needs a finite value; received " + value);
        }
    }

    @Override
    public void fill(double[] values, Shape shape, RandomGenerator random) {
        Arrays.fill(values, value);
    }
}
