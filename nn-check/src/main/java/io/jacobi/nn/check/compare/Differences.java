package io.jacobi.nn.check.compare;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares a gradient with differences of a scalar function.
 *
 * <p>Every coordinate of a small array is compared. A large array is compared along {@value #DIRECTIONS} random
 * directions, each of which depends on all coordinates, and at a sample of {@value #SAMPLE} coordinates. A direction
 * measures an error e of a single coordinate of n against the length of the gradient, √n times its root mean square:
 * the error is diluted by √n, a thousand for a million weights, which leaves four of the seven digits of central
 * differences. A mistake is rarely in one coordinate only. A mistake in a share of the coordinates is as large along a
 * direction as at a coordinate, and a sample of {@value #SAMPLE} hits a share of 5 % with a probability of 99.4 %.
 *
 * @param stencil the formula of a difference
 * @param kinks whether coordinates on a kink are left out and counted; otherwise such a coordinate is an error
 * @param everyCoordinateUpTo the largest array of which every coordinate is compared
 * @param seed of directions and sample
 * @param terms evaluates the function at the current values of the perturbed array; its elements add up to the function
 */
public record Differences(
        Stencil stencil, boolean kinks, int everyCoordinateUpTo, long seed, Supplier<double[]> terms) {

    /** Two forward passes for each coordinate of a layer of this size take about a second. */
    public static final int EVERY_COORDINATE_UP_TO = 4096;

    public static final int DIRECTIONS = 8;

    public static final int SAMPLE = 100;

    /** Compares every coordinate of arrays of the default size, for a function that may have kinks. */
    public Differences(Stencil stencil, Supplier<double[]> terms) {
        this(stencil, true, EVERY_COORDINATE_UP_TO, 0, terms);
    }

    /** Compares the gradient by an array, which is perturbed and restored. */
    public TensorResult compare(String name, INDArray array, double[] analytic) {
        Tally tally = new Tally(stencil.oracle(), stencil.tolerance());
        Span span = Span.of(array);
        double scale = analytic.length <= everyCoordinateUpTo
                ? everyCoordinate(tally, span, analytic)
                : directionsAndSample(tally, array, span, analytic);
        TensorResult result = tally.result(name, Shape.of(array.shape()));
        return result.agrees()
                ? result
                : result.withVerdict(tally.wrong() + "; " + verdict(result.worst(), array, span, scale));
    }

    /** Returns the gradient's root mean square, by differences. */
    private double everyCoordinate(Tally tally, Span span, double[] analytic) {
        int[] all = IntStream.range(0, analytic.length).toArray();
        Stencil.Slope[] slopes = slopes(span, all);
        double scale = scale(slopes);
        compareCoordinates(tally, span, all, slopes, analytic, scale);
        return scale;
    }

    /**
     * Returns the gradient's root mean square, by directions: the mean of their squares is the square of the gradient's
     * length.
     */
    private double directionsAndSample(Tally tally, INDArray array, Span span, double[] analytic) {
        Line.Direction[] lines = IntStream.range(0, DIRECTIONS)
                .mapToObj(d -> direction(array, d))
                .toArray(Line.Direction[]::new);
        Stencil.Slope[] slopes =
                Arrays.stream(lines).map(line -> stencil.slope(line, 1)).toArray(Stencil.Slope[]::new);
        double length = scale(slopes);
        for (int d = 0; d < lines.length; d++) {
            add(tally, lines[d], slopes[d], lines[d].along(List.of(analytic)), length, d, true);
        }
        double scale = length / Math.sqrt(analytic.length);
        int[] sample = sample(analytic.length);
        compareCoordinates(tally, span, sample, slopes(span, sample), analytic, scale);
        return scale;
    }

    private void compareCoordinates(
            Tally tally, Span span, int[] indices, Stencil.Slope[] slopes, double[] analytic, double scale) {
        for (int k = 0; k < indices.length; k++) {
            int i = indices[k];
            add(tally, coordinate(span, i), slopes[k], analytic[i], scale, i, false);
        }
    }

    /**
     * If the usual step does not agree, the best step decides: a coordinate may have another scale, or a kink nearby.
     */
    private void add(
            Tally tally,
            Line line,
            Stencil.Slope usual,
            double claimed,
            double scale,
            int index,
            boolean alongDirection) {
        Stencil.Slope slope = tally.fails(Tally.error(claimed, usual.value(), scale)) ? stencil.best(line) : usual;
        double error = Tally.error(claimed, slope.value(), scale);
        if (tally.fails(error) && kinks && stencil.isKink(line, scale)) {
            tally.skip();
        } else {
            tally.add(new TensorResult.Worst(index, alongDirection, claimed, slope.value(), error, slope.h()));
        }
    }

    private Line coordinate(Span span, int index) {
        return Line.coordinate(span, index, terms);
    }

    private Line.Direction direction(INDArray array, int number) {
        return Line.direction(List.of(array), seed + number, terms);
    }

    private Stencil.Slope[] slopes(Span span, int[] indices) {
        return Arrays.stream(indices)
                .mapToObj(i -> stencil.slope(coordinate(span, i), 1))
                .toArray(Stencil.Slope[]::new);
    }

    private static double scale(Stencil.Slope[] slopes) {
        return Comparison.scale(
                Arrays.stream(slopes).mapToDouble(Stencil.Slope::value).toArray());
    }

    private int[] sample(int length) {
        return new SplittableRandom(seed)
                .ints(0, length)
                .distinct()
                .limit(Math.min(SAMPLE, length))
                .sorted()
                .toArray();
    }

    private String verdict(TensorResult.Worst worst, INDArray array, Span span, double scale) {
        Line line = worst.alongDirection() ? direction(array, worst.index()) : coordinate(span, worst.index());
        double size = worst.alongDirection() ? scale * Math.sqrt((double) array.length()) : scale;
        return new StepSweep(line, worst.analytic(), size).verdict(stencil);
    }
}
