package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Random values at which a derivative is checked. */
final class RandomValues {

    private RandomValues() {}

    /**
     * Arrays of the given shapes, determined by the seed. Elements are between 0.5 and 1.5, where logarithms and roots
     * exist; the diagonal of a square matrix is 2 larger, so that the inverse exists and is not huge.
     */
    static Map<String, INDArray> of(Map<String, long[]> shapes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, INDArray> values = new LinkedHashMap<>();
        new TreeMap<>(shapes).forEach((name, shape) -> {
            INDArray array = Memory.array(DataType.DOUBLE, shape);
            double[] elements = random.doubles(array.length(), 0.5, 1.5).toArray();
            boolean square = shape.length == 2 && shape[0] == shape[1];
            for (int i = 0; square && i < shape[0]; i++) {
                elements[i * ((int) shape[0] + 1)] += 2;
            }
            Vectors.set(array, elements);
            values.put(name, array);
        });
        return values;
    }
}
