package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise functions of one, two or three arrays of equal length. A function is given as a loop over tiles: once, over
 * {@code double[]}, it serves both data types (floats are widened and the result is rounded once); given a second time, over
 * {@code float[]}, that loop serves float arrays and is what the compiler can vectorize.
 *
 * <p>The result may be one of the inputs.
 */
public final class Elementwise {

    /** y[i] = f(a[i]) for i below n. */
    @FunctionalInterface
    public interface Unary {
        void apply(double[] a, double[] y, int n);
    }

    /** y[i] = f(a[i]) for i below n, in float. */
    @FunctionalInterface
    public interface FloatUnary {
        void apply(float[] a, float[] y, int n);
    }

    /** y[i] = f(a[i], b[i]) for i below n. */
    @FunctionalInterface
    public interface Binary {
        void apply(double[] a, double[] b, double[] y, int n);
    }

    /** y[i] = f(a[i], b[i]) for i below n, in float. */
    @FunctionalInterface
    public interface FloatBinary {
        void apply(float[] a, float[] b, float[] y, int n);
    }

    private Elementwise() {}

    /** y = f(a). */
    public static void map(Scratch s, INDArray a, INDArray y, Unary f) {
        Span from = s.span(a);
        Span to = matching(s, y, from);
        for (int i = 0; i < to.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, to.length() - i);
            f.apply(s.load(0, from, i, n), s.doubles(3, n), n);
            s.store(3, to, i, n);
        }
    }

    /** y = f(a), by {@code fast} where the arrays hold floats. */
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

    /** y = f(a, b). */
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

    /** y = f(a, b), by {@code fast} where the arrays hold floats. */
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
