package io.jacobi.nn.check.compare;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The derivative of a function in one direction, computed twice.
 *
 * @param backward by the gradient that is checked, times the direction
 * @param forward by dual numbers
 */
public record Slopes(double backward, double forward) {

    /** One direction is unlikely to miss a mistake; five practically cannot. */
    private static final int DIRECTIONS = 5;

    /** Compares both in directions that are drawn from these random numbers. */
    public static List<TensorResult> compare(long seed, Function<SplittableRandom, Slopes> inDirection) {
        List<Slopes> slopes = IntStream.range(0, DIRECTIONS)
                .mapToObj(d -> inDirection.apply(new SplittableRandom(seed + d)))
                .toList();
        return List.of(new Comparison(Oracle.DUALS, Twins.TOLERANCE)
                .alongDirections(
                        "directions",
                        slopes.stream().mapToDouble(Slopes::backward).toArray(),
                        slopes.stream().mapToDouble(Slopes::forward).toArray()));
    }
}
