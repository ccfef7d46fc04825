package io.jacobi.nn.check.layer;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Functions of each row whose mistakes show only at large or equal inputs, or in the sum of a row; and their right
 * versions.
 */
interface WrongRows extends Layer {

    @Override
    default Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    default void forward(Pass p) {
        Span x = p.scratch().span(p.x());
        Span y = p.scratch().span(p.y());
        int n = x.length() / p.batch();
        boolean inFloat = p.x().dataType() == DataType.FLOAT;
        for (int at = 0; at < x.length(); at += n) {
            put(row(row(x, at, n), inFloat), y, at);
        }
    }

    @Override
    default void backward(Pass p) {
        Span x = p.scratch().span(p.x());
        Span dy = p.scratch().span(p.dy());
        Span dx = p.scratch().span(p.dx());
        int n = x.length() / p.batch();
        for (int at = 0; at < x.length(); at += n) {
            put(gradient(row(x, at, n), row(dy, at, n)), dx, at);
        }
    }

    /** Returns y of one row. */
    double[] row(double[] x, boolean inFloat);

    /** Returns dx of one row. */
    double[] gradient(double[] x, double[] dy);

    private static double[] row(Span span, int at, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = span.get(at + i);
        }
        return values;
    }

    private static void put(double[] values, Span span, int at) {
        for (int i = 0; i < values.length; i++) {
            span.set(at + i, values[i]);
        }
    }

    private static double mean(double[] a) {
        double sum = 0;
        for (double v : a) {
            sum += v;
        }
        return sum / a.length;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** y = (x − μ) / √(σ² + 1/2); σ² = E[x²] − μ² cancels where x is large. */
    record Standardize(boolean cancels) implements WrongRows {

        @Override
        public double[] row(double[] x, boolean inFloat) {
            double mean = mean(x);
            double squares = dot(x, x) / x.length;
            double subtracted = inFloat ? (float) squares - (float) (mean * mean) : squares - mean * mean;
            double deviation = Math.sqrt(0.5 + (cancels ? subtracted : variance(x, mean)));
            double[] y = new double[x.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = (x[i] - mean) / deviation;
            }
            return y;
        }

        private static double variance(double[] x, double mean) {
            double sum = 0;
            for (double v : x) {
                sum += (v - mean) * (v - mean);
            }
            return sum / x.length;
        }

        @Override
        public double[] gradient(double[] x, double[] dy) {
            double[] y = row(x, false);
            double deviation = Math.sqrt(0.5 + variance(x, mean(x)));
            double[] dx = new double[x.length];
            for (int i = 0; i < dx.length; i++) {
                dx[i] = (dy[i] - mean(dy) - y[i] * dot(dy, y) / x.length) / deviation;
            }
            return dx;
        }
    }

    /** y = x − μ, whose gradient is dy − its mean. */
    record Center(boolean forgetsTheMeanBackward) implements WrongRows {

        @Override
        public double[] row(double[] x, boolean inFloat) {
            return centered(x);
        }

        @Override
        public double[] gradient(double[] x, double[] dy) {
            return forgetsTheMeanBackward ? dy : centered(dy);
        }

        private static double[] centered(double[] a) {
            double[] y = a.clone();
            for (int i = 0; i < y.length; i++) {
                y[i] -= mean(a);
            }
            return y;
        }
    }

    /** y = x, with a gradient that is cut off where x is large. */
    record Identity(boolean endsAt50) implements WrongRows {

        @Override
        public double[] row(double[] x, boolean inFloat) {
            return x;
        }

        @Override
        public double[] gradient(double[] x, double[] dy) {
            double[] dx = dy.clone();
            for (int i = 0; i < dx.length; i++) {
                dx[i] = endsAt50 && Math.abs(x[i]) > 50 ? 0 : dy[i];
            }
            return dx;
        }
    }

    /**
     * y = the largest element of x, in every position; equal largest elements share the gradient, or each get all of
     * it.
     */
    record Largest(boolean givesAllToEach) implements WrongRows {

        @Override
        public double[] row(double[] x, boolean inFloat) {
            double[] y = new double[x.length];
            Arrays.fill(y, Arrays.stream(x).max().orElseThrow());
            return y;
        }

        @Override
        public double[] gradient(double[] x, double[] dy) {
            double largest = row(x, false)[0];
            long ties = Arrays.stream(x).filter(v -> v == largest).count();
            double[] dx = new double[x.length];
            for (int i = 0; i < dx.length; i++) {
                dx[i] = x[i] == largest ? mean(dy) * dy.length / (givesAllToEach ? 1 : ties) : 0;
            }
            return dx;
        }
    }
}
