package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Random values at which a derivative is checked. */
final class RandomValues {

    /** The first is where logarithms and roots exist; the others are for formulas that are not defined there. */
    private static final List<Between> INTERVALS = List.of(
            new Between(0.5, 1.5),
            new Between(0.1, 0.9),
            new Between(-0.9, 0.9),
            new Between(-1.5, -0.5),
            new Between(2, 3),
            new Between(-3, -2));

    /** On the diagonal of a square matrix, so that the inverse exists and is not huge. */
    private static final double DIAGONAL = 2;

    /** Draws in which every variable has an interval of its own. */
    private static final int MIXED = 40;

    private record Between(double low, double high) {}

    private RandomValues() {}

    /**
     * Arrays of the given shapes, determined by the seed. Elements are between 0.5 and 1.5; the diagonal of a square
     * matrix is 2 larger.
     */
    static Map<String, INDArray> of(Map<String, long[]> shapes, long seed) {
        return draw(shapes, new SplittableRandom(seed), INTERVALS.subList(0, 1), DIAGONAL);
    }

    /**
     * The values of {@link #of}, and then others: all variables in one of six intervals, with and without the addition
     * to diagonals, and each variable in an interval of its own.
     */
    static Stream<Map<String, INDArray>> draws(Map<String, long[]> shapes, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        Stream<Map<String, INDArray>> uniform = INTERVALS.stream()
                .flatMap(interval ->
                        Stream.of(DIAGONAL, 0.0).map(more -> draw(shapes, random, List.of(interval), more)));
        Stream<Map<String, INDArray>> mixed =
                IntStream.range(0, MIXED).mapToObj(draw -> draw(shapes, random, INTERVALS, draw % 2 * DIAGONAL));
        return Stream.of(Stream.of(of(shapes, seed)), uniform, mixed).flatMap(draws -> draws);
    }

    private static Map<String, INDArray> draw(
            Map<String, long[]> shapes, SplittableRandom random, List<Between> intervals, double diagonal) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        new TreeMap<>(shapes).forEach((name, shape) -> {
            Between chosen = intervals.get(intervals.size() == 1 ? 0 : random.nextInt(intervals.size()));
            INDArray array = Memory.array(DataType.DOUBLE, shape);
            double[] elements =
                    random.doubles(array.length(), chosen.low(), chosen.high()).toArray();
            boolean square = shape.length == 2 && shape[0] == shape[1];
            for (int i = 0; square && i < shape[0]; i++) {
                elements[i * ((int) shape[0] + 1)] += diagonal;
            }
            Vectors.set(array, elements);
            values.put(name, array);
        });
        return values;
    }
}
