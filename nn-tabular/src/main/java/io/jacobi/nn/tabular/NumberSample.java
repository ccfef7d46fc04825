package io.jacobi.nn.tabular;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * The numbers of a column so far: their mean and deviation exactly, and a uniform sample of them, which is all of them up
 * to {@link #SIZE}.
 */
final class NumberSample {

    static final int SIZE = 100_000;

    private static final double[] NOT_SORTED = {};

    private final Reservoir reservoir = new Reservoir(SIZE);
    private double[] sample = new double[16];
    private double[] sorted = NOT_SORTED;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double x) {
        sorted = NOT_SORTED;
        int place = reservoir.next();
        // Welford 1962: the squares of the differences do not cancel
        double delta = x - mean;
        mean += delta / count();
        squares += delta * (x - mean);
        min = Math.min(min, x);
        max = Math.max(max, x);
        if (place == sample.length) {
            sample = Arrays.copyOf(sample, Math.min(SIZE, sample.length * 2));
        }
        if (place != Reservoir.NONE) {
            sample[place] = x;
        }
    }

    long count() {
        return reservoir.count();
    }

    double mean() {
        return mean;
    }

    /** The population's standard deviation; 0 if all numbers are equal. */
    double deviation() {
        // equal numbers whose mean is rounded leave a little
        return min == max ? 0 : Math.sqrt(squares / count());
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    /** The quantile of the sample, interpolated linearly as numpy does. */
    double quantile(double q) {
        if (sorted.length == 0) {
            sorted = Arrays.copyOf(sample, (int) Math.min(count(), SIZE));
            Arrays.sort(sorted);
        }
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** A function of the sampled numbers. */
    NumberSample map(DoubleUnaryOperator function) {
        NumberSample mapped = new NumberSample();
        DoubleStream.of(sample).limit(Math.min(count(), SIZE)).map(function).forEach(mapped::add);
        return mapped;
    }
}
