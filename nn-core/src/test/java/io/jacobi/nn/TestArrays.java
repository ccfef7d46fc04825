package io.jacobi.nn;

import io.jacobi.nn.math.Vectors;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays for tests, made without ND4J's global settings. */
public final class TestArrays {

    private TestArrays() {}

    /** An array of this shape with these values in 'c' order. */
    public static INDArray of(DataType type, double[] values, long... shape) {
        return Vectors.of(type, values, shape);
    }

    /** A vector. */
    public static INDArray vector(DataType type, double... values) {
        return of(type, values, values.length);
    }

    /** An array of this shape drawn from the standard normal distribution. */
    public static INDArray normal(DataType type, long seed, long... shape) {
        return of(type, normals(seed, Math.toIntExact(Shape.of(shape).size())), shape);
    }

    /** Draws {@code n} values from the standard normal distribution. */
    public static double[] normals(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
