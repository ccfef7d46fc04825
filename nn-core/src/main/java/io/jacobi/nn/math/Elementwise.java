package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise functions of one or two arrays, y = f(a) and y = f(a, b). All arrays of a call have equal length and one
 * data type. The result y may be one of the inputs.
 *
 * <p>A function is given as a loop over the first {@code n} elements of its tiles:
 *
 * <pre>{@code
 * private static void square(double[] a, double[] y, int n) {
 *     for (int i = 0; i < n; i++) {
 *         y[i] = a[i] * a[i];
 *     }
 * }
 * ...
 * Elementwise.map(p.scratch(), p.x(), p.y(), Scale::square);
 * }</pre>
 *
 * A loop over {@code double[]} serves both data types: floats are widened, and the result is rounded once. A second
 * loop over {@code float[]} is optional. It serves float arrays, and the compiler can vectorize it for twice as many
 * elements.
 */
public final class Elementwise {

    /** A loop y[i] = f(a[i]) for i from 0 to n − 1, in double. */
    @FunctionalInterface
    public interface Unary {
        void apply(double[] a, double[] y, int n);
    }

    /** A loop y[i] = f(a[i]) for i from 0 to n − 1, in float. */
    @FunctionalInterface
    public interface FloatUnary {
        void apply(float[] a, float[] y, int n);
    }

    /** A loop y[i] = f(a[i], b[i]) for i from 0 to n − 1, in double. */
    @FunctionalInterface
    public interface Binary {
        void apply(double[] a, double[] b, double[] y, int n);
    }

    /** A loop y[i] = f(a[i], b[i]) for i from 0 to n − 1, in float. */
    @FunctionalInterface
    public interface FloatBinary {
        void apply(float[] a, float[] b, float[] y, int n);
    }

    private Elementwise() {}

    /**
     * y = f(a).
     *
     * @param s the scratch of the pass
     * @param a the argument
     * @param y the result
     * @param f the function
     */
    public static void map(Scratch s, INDArray a, INDArray y, Unary f) {
        Span from = s.span(a);
        Span to = matching(s, y, from);
        for (int i = 0; i < to.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to.length() - i);
            f.apply(s.load(0, from, i, n), s.doubles(3, n), n);
            s.store(3, to, i, n);
        }
    }

    /**
     * y = f(a), by a loop of its own for floats.
     *
     * @param s the scratch of the pass
     * @param a the argument
     * @param y the result
     * @param fast the function if the arrays hold floats
     * @param f the function if they hold doubles
     */
    public static void map(Scratch s, INDArray a, INDArray y, FloatUnary fast, Unary f) {
        Span from = s.span(a);
        Span to = matching(s, y, from);
        if (!to.isFloat()) {
            map(s, a, y, f);
            return;
        }
        float[] result = s.floats(3, Scratch.TILE);
        for (int i = 0; i < to.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to.length() - i);
            fast.apply(s.loadFloats(0, from, i, n), result, n);
            to.floats().put(i, result, 0, n);
        }
    }

    /**
     * y = f(a, b).
     *
     * @param s the scratch of the pass
     * @param a the first argument
     * @param b the second argument
     * @param y the result
     * @param f the function
     */
    public static void map(Scratch s, INDArray a, INDArray b, INDArray y, Binary f) {
        Span first = s.span(a);
        Span second = matching(s, b, first);
        Span to = matching(s, y, first);
        for (int i = 0; i < to.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to.length() - i);
            f.apply(s.load(0, first, i, n), s.load(1, second, i, n), s.doubles(3, n), n);
            s.store(3, to, i, n);
        }
    }

    /**
     * y = f(a, b), by a loop of its own for floats.
     *
     * @param s the scratch of the pass
     * @param a the first argument
     * @param b the second argument
     * @param y the result
     * @param fast the function if the arrays hold floats
     * @param f the function if they hold doubles
     */
    public static void map(Scratch s, INDArray a, INDArray b, INDArray y, FloatBinary fast, Binary f) {
        Span first = s.span(a);
        Span second = matching(s, b, first);
        Span to = matching(s, y, first);
        if (!to.isFloat()) {
            map(s, a, b, y, f);
            return;
        }
        float[] result = s.floats(3, Scratch.TILE);
        for (int i = 0; i < to.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to.length() - i);
            fast.apply(s.loadFloats(0, first, i, n), s.loadFloats(1, second, i, n), result, n);
            to.floats().put(i, result, 0, n);
        }
    }

    private static Span matching(Scratch s, INDArray array, Span other) {
        Span span = s.span(array);
        if (span.length() != other.length() || span.isFloat() != other.isFloat()) {
            throw new IllegalArgumentException("Arrays of one element-wise pass must agree; received " + describe(span)
                    + " and " + describe(other) + "\n  fix: give both the same length and data type");
        }
        return span;
    }

    private static String describe(Span span) {
        return span.length() + (span.isFloat() ? " floats" : " doubles");
    }
}
