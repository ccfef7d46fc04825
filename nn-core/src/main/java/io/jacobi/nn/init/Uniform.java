package io.jacobi.nn.init;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.random.RandomGenerator;

/** Uniform in [{@code low}, {@code high}). */
public record Uniform(double low, double high) implements Initializer {

    public Uniform {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
            throw new IllegalArgumentException(
                    "A uniform initializer needs finite bounds, low < high; received " + low + " and " + high);
        }
    }

    @Override
    public void fill(double[] values, Shape shape, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(low, high);
        }
    }
}
