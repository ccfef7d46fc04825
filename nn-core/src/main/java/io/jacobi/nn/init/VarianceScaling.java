package io.jacobi.nn.init;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Shape;
import java.util.random.RandomGenerator;

/**
 * Zero mean and variance {@code scale / fan}, the family of LeCun, Glorot and He.
 *
 * <p>For a weight {@code [out, in, k...]} the fan-in is {@code in · Πk} and the fan-out {@code out · Πk}; for a vector
 * {@code [n]} both are n.
 *
 * @param scale the numerator: 1 for LeCun and Glorot, 2 for He
 */
public record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initializer {

    /** The denominator. */
    public enum Fan {
        IN,
        OUT,
        /** (fan-in + fan-out) / 2. */
        AVERAGE
    }

    /** The distribution of the values. */
    public enum Distribution {
        UNIFORM,
        NORMAL
    }

    public VarianceScaling {
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("Variance scaling needs a positive, finite scale; received " + scale);
        }
    }

    @Override
    public void fill(double[] values, Shape shape, RandomGenerator random) {
        double deviation = Math.sqrt(scale / fanOf(shape));
        Initializer source = switch (distribution) {
            case NORMAL -> new Normal(0, deviation);
            // a uniform on [-a, a] has variance a² / 3
            case UNIFORM -> new Uniform(-deviation * Math.sqrt(3), deviation * Math.sqrt(3));
        };
        source.fill(values, shape, random);
    }

    private double fanOf(Shape shape) {
        double out = shape.rank() == 0 ? 1 : shape.dim(0);
        double kernel = 1;
        for (int axis = 2; axis < shape.rank(); axis++) {
            kernel *= shape.dim(axis);
        }
        double in = shape.rank() < 2 ? out : shape.dim(1);
        return switch (fan) {
            case IN -> in * kernel;
            case OUT -> out * kernel;
            case AVERAGE -> (in + out) * kernel / 2;
        };
    }
}
