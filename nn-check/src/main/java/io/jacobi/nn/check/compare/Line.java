package io.jacobi.nn.check.compare;

import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A scalar function along a line, f(x + t v), and its derivative at t = 0 by differences. Arrays hold x; each
 * evaluation moves them and restores them.
 *
 * <p>The function is given as a vector whose elements add up to it. Differences are taken of each element before the
 * sum: elements that do not depend on the line cancel exactly, whereas the difference of two sums would contain their
 * rounding.
 */
public abstract class Line {

    private final Supplier<double[]> terms;

    private Line(Supplier<double[]> terms) {
        this.terms = terms;
    }

    /** Returns the line along one coordinate of an array. */
    static Line coordinate(Span array, int index, Supplier<double[]> terms) {
        return new Coordinate(array, index, terms);
    }

    /**
     * Returns the line along a direction of all elements of these arrays. Each component is +1 or -1, by the seed:
     * unlike a Gaussian direction it weights all coordinates equally.
     */
    public static Direction direction(List<INDArray> arrays, long seed, Supplier<double[]> terms) {
        return new Direction(arrays, seed, terms);
    }

    /**
     * The length of a step of 1 along this line: the distance over which the function changes as much as along other
     * lines.
     */
    public abstract double unit();

    /** The distance between both ends of a step, after rounding. */
    public abstract double width(double h);

    abstract void move(double t);

    abstract void putBack();

    /** The central difference (f(h) - f(-h)) / 2h, whose error falls as h². */
    public double central(double h) {
        return difference(at(h), at(-h)) / width(h);
    }

    /**
     * The stencil of five points, (8 f(h) - 8 f(-h) - f(2h) + f(-2h)) / 12h, whose error falls as h⁴ (Abramowitz and
     * Stegun 25.3.6). It is computed from its two central differences, so that each is divided by its width after
     * rounding.
     */
    double fivePoint(double h) {
        return (4 * central(h) - central(2 * h)) / 3;
    }

    /**
     * The slope on one side minus the slope on the other. It falls with h where there is a derivative, and stays at a
     * kink.
     */
    double jump(double h) {
        double[] here = at(0);
        return (difference(at(h), here) - difference(here, at(-h))) / (width(h) / 2);
    }

    private double[] at(double t) {
        move(t);
        double[] result = terms.get();
        putBack();
        return result;
    }

    private static double difference(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] - b[i];
        }
        return sum;
    }

    private static final class Coordinate extends Line {

        private final Span array;
        private final int index;
        private final double at;

        Coordinate(Span array, int index, Supplier<double[]> terms) {
            super(terms);
            this.array = array;
            this.index = index;
            this.at = array.get(index);
        }

        @Override
        public double unit() {
            return Math.max(1, Math.abs(at));
        }

        @Override
        public double width(double h) {
            return (at + h) - (at - h);
        }

        @Override
        void move(double t) {
            array.set(index, at + t);
        }

        @Override
        void putBack() {
            array.set(index, at);
        }
    }

    /** A line along a direction; see {@link #direction}. */
    public static final class Direction extends Line {

        private final List<INDArray> arrays;
        private final List<double[]> origins;
        private final List<double[]> signs;
        private final long length;

        private Direction(List<INDArray> arrays, long seed, Supplier<double[]> terms) {
            super(terms);
            SplittableRandom random = new SplittableRandom(seed);
            this.arrays = arrays;
            this.origins = arrays.stream().map(Vectors::toDoubles).toList();
            this.signs = origins.stream().map(x -> signs(x.length, random)).toList();
            this.length = arrays.stream().mapToLong(INDArray::length).sum();
        }

        private static double[] signs(int n, SplittableRandom random) {
            double[] signs = new double[n];
            Arrays.setAll(signs, i -> random.nextBoolean() ? 1 : -1);
            return signs;
        }

        /** Returns gradient · v, for one gradient for each array. */
        public double along(List<double[]> gradients) {
            double sum = 0;
            for (int k = 0; k < gradients.size(); k++) {
                double[] gradient = gradients.get(k);
                double[] sign = signs.get(k);
                for (int i = 0; i < gradient.length; i++) {
                    sum += sign[i] * gradient[i];
                }
            }
            return sum;
        }

        /**
         * The fourth root of 1/n. If each output depends on its own input, as in an activation, the best step is the
         * best step of a coordinate; if one sum contains all n, it is smaller by √n. This is the middle.
         */
        @Override
        public double unit() {
            return 1 / Math.sqrt(Math.sqrt((double) length));
        }

        @Override
        public double width(double h) {
            return 2 * h;
        }

        @Override
        void move(double t) {
            for (int k = 0; k < arrays.size(); k++) {
                double[] x = origins.get(k);
                double[] sign = signs.get(k);
                double[] moved = new double[x.length];
                Arrays.setAll(moved, i -> x[i] + t * sign[i]);
                Vectors.set(arrays.get(k), moved);
            }
        }

        @Override
        void putBack() {
            for (int k = 0; k < arrays.size(); k++) {
                Vectors.set(arrays.get(k), origins.get(k));
            }
        }
    }
}
