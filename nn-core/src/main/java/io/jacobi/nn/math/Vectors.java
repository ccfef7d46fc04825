package io.jacobi.nn.math;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes over whole arrays of any shape. */
public final class Vectors {

    private Vectors() {}

    /**
     * a = value, in every element.
     *
     * @param s the scratch of the pass
     * @param a the array that is overwritten
     * @param value the value of every element
     */
    public static void fill(Scratch s, INDArray a, double value) {
        Span to = s.span(a);
        if (to.isFloat()) {
            float[] tile = s.floats(0, Math.min(Scratch.TILE, to.length()));
            Arrays.fill(tile, 0, Math.min(Scratch.TILE, to.length()), (float) value);
            for (int i = 0; i < to.length(); i += Scratch.TILE) {
                to.floats().put(i, tile, 0, Math.min(Scratch.TILE, to.length() - i));
            }
        } else {
            double[] tile = s.doubles(0, Math.min(Scratch.TILE, to.length()));
            Arrays.fill(tile, 0, Math.min(Scratch.TILE, to.length()), value);
            for (int i = 0; i < to.length(); i += Scratch.TILE) {
                to.doubles().put(i, tile, 0, Math.min(Scratch.TILE, to.length() - i));
            }
        }
    }

    /**
     * to = from. The shapes may differ, the lengths may not.
     *
     * @param s the scratch of the pass
     * @param from the array that is read
     * @param to the array that is overwritten
     */
    public static void copy(Scratch s, INDArray from, INDArray to) {
        Span source = s.span(from);
        Span target = s.span(to);
        if (source.length() != target.length()) {
            throw misfit(source.length(), target.length());
        }
        target.put(0, source, 0, source.length());
    }

    private static IllegalArgumentException misfit(long source, long target) {
        return new IllegalArgumentException(
                "Cannot copy " + source + " elements into " + target + "\n  expected arrays of one length");
    }

    /**
     * to = from, outside of a pass: no scratch remembers the arrays. The shapes and the types may differ; doubles are
     * rounded if {@code to} holds floats.
     */
    public static void copy(INDArray from, INDArray to) {
        if (from.length() != to.length()) {
            throw misfit(from.length(), to.length());
        }
        if (!from.isEmpty()) {
            copy(from, 0, to, 0, from.length());
        }
    }

    /**
     * to[toOffset + i] = from[fromOffset + i] for i from 0 to count − 1, outside of a pass: no scratch remembers the
     * arrays. Doubles are rounded if {@code to} holds floats.
     */
    public static void copy(INDArray from, long fromOffset, INDArray to, long toOffset, long count) {
        Span.of(to).put(Math.toIntExact(toOffset), Span.of(from), Math.toIntExact(fromOffset), Math.toIntExact(count));
    }

    /**
     * y += scale · x.
     *
     * @param s the scratch of the pass
     * @param scale the factor of x
     * @param x the array that is added
     * @param y the array that is added to, of the same length
     */
    public static void addScaled(Scratch s, double scale, INDArray x, INDArray y) {
        addScaled(s, scale, x, 1, y);
    }

    /**
     * y = a · x + b · y, in one pass.
     *
     * @param s the scratch of the pass
     * @param a the factor of x
     * @param x the array that is read
     * @param b the factor of y
     * @param y the array that is read and overwritten, of the same length
     */
    public static void addScaled(Scratch s, double a, INDArray x, double b, INDArray y) {
        addScaled(s, a, x, b, y, 0, s.span(y).length());
    }

    /** y[i] = a · x[i] + b · y[i] for i from {@code begin} to {@code end − 1}. */
    public static void addScaled(Scratch s, double a, INDArray x, double b, INDArray y, int begin, int end) {
        Span from = s.span(x);
        Span to = s.span(y);
        for (int i = begin; i < end; i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, end - i);
            if (to.isFloat()) {
                add((float) a, s.loadFloats(0, from, i, n), (float) b, s.loadFloats(1, to, i, n), n);
                s.storeFloats(1, to, i, n);
            } else {
                add(a, s.load(0, from, i, n), b, s.load(1, to, i, n), n);
                s.store(1, to, i, n);
            }
        }
    }

    private static void add(float a, float[] x, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a * x[i] + b * y[i];
        }
    }

    private static void add(double a, double[] x, double b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a * x[i] + b * y[i];
        }
    }

    /** a = factor · a. */
    public static void scale(Scratch s, double factor, INDArray a) {
        addScaled(s, factor, a, 0, a);
    }

    /** Whether no element is NaN or infinite. */
    public static boolean isFinite(Scratch s, INDArray a) {
        return firstNonFinite(s, s.span(a)) < 0;
    }

    /** The index of the first element that is NaN or infinite, or -1. */
    public static int firstNonFinite(Scratch s, Span a) {
        return firstNonFinite(s, a, 0, a.length());
    }

    /** The index in a of the first of the elements from {@code from} on that is NaN or infinite, or -1. */
    public static int firstNonFinite(Scratch s, Span a, int from, int count) {
        for (int i = from; i < from + count; i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, from + count - i);
            int found =
                    a.isFloat() ? firstNonFinite(s.loadFloats(0, a, i, n), n) : firstNonFinite(s.load(0, a, i, n), n);
            if (found >= 0) {
                return i + found;
            }
        }
        return -1;
    }

    /** The index of the first of {@code n} values that is NaN or infinite, or -1. */
    public static int firstNonFinite(float[] values, int n) {
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the first of {@code n} values that is NaN or infinite, or -1. */
    public static int firstNonFinite(double[] values, int n) {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** All elements in 'c' order, as doubles; an empty result for an empty array. */
    public static double[] toDoubles(INDArray a) {
        if (a.isEmpty()) {
            return new double[0];
        }
        Span span = Span.of(a);
        double[] all = new double[span.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = span.get(i);
        }
        return all;
    }

    /** A new array of the given shape that holds {@code values} in 'c' order, rounded if the type is FLOAT. */
    public static INDArray of(DataType type, double[] values, long... shape) {
        INDArray array = Memory.array(type, shape);
        set(array, values);
        return array;
    }

    /** a = values, in 'c' order, rounded if a holds floats. */
    public static void set(INDArray a, double[] values) {
        Span span = Span.of(a);
        if (span.length() != values.length) {
            throw new IllegalArgumentException(
                    "Cannot set " + span.length() + " elements from " + values.length + " values");
        }
        for (int i = 0; i < values.length; i++) {
            span.set(i, values[i]);
        }
    }

    /** a[at + i] = values[i] for every i, exactly. */
    public static void set(Scratch s, INDArray a, int at, float[] values) {
        Span span = s.span(a);
        if (span.isFloat()) {
            span.floats().put(at, values);
        } else {
            for (int i = 0; i < values.length; i++) {
                span.doubles().put(at + i, values[i]);
            }
        }
    }

    /** values[i] = a[at + i] for every i, rounded if a holds doubles. */
    public static void get(Scratch s, INDArray a, int at, float[] values) {
        get(s, a, at, values, 0, values.length);
    }

    /** values[from + i] = a[at + i] for i from 0 to count − 1, rounded if a holds doubles. */
    public static void get(Scratch s, INDArray a, int at, float[] values, int from, int count) {
        Span span = s.span(a);
        if (span.isFloat()) {
            span.floats().get(at, values, from, count);
        } else {
            for (int i = 0; i < count; i++) {
                values[from + i] = (float) span.doubles().get(at + i);
            }
        }
    }
}
