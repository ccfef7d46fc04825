package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays for the tests of this package. */
final class Examples {

    private Examples() {}

    /** An array with these values in 'c' order. */
    static INDArray array(double[] values, long... shape) {
        INDArray array = Memory.array(DataType.DOUBLE, shape);
        if (values.length > 0) {
            Vectors.set(array, values);
        }
        return array;
    }

    static INDArray vector(double... values) {
        return array(values, values.length);
    }

    /** Values drawn uniformly between −1 and 1. */
    static INDArray uniform(SplittableRandom random, long... shape) {
        INDArray array = Memory.array(DataType.DOUBLE, shape);
        return array.isEmpty()
                ? array
                : array(random.doubles(array.length(), -1, 1).toArray(), shape);
    }

    /** All values in 'c' order; none if the array is empty. */
    static double[] values(INDArray array) {
        return array.isEmpty() ? new double[0] : Vectors.toDoubles(array);
    }
}
