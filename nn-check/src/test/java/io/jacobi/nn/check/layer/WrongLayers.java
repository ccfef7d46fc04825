package io.jacobi.nn.check.layer;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.concurrent.atomic.AtomicInteger;

/** Layers whose mistakes need more than one changed line of an affine layer, and their right versions. */
public final class WrongLayers {

    private WrongLayers() {}

    /** The mean of an example's features, y = Σ x / n, so that dx = dy · factor with factor = 1 / n. */
    public record Mean(boolean dropsTheFactor) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return Shape.of(1);
        }

        @Override
        public void forward(Pass p) {
            Span x = p.scratch().span(p.x());
            Span y = p.scratch().span(p.y());
            int n = x.length() / p.batch();
            for (int row = 0; row < p.batch(); row++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += x.get(row * n + j);
                }
                y.set(row, sum / n);
            }
        }

        @Override
        public void backward(Pass p) {
            Span dy = p.scratch().span(p.dy());
            Span dx = p.scratch().span(p.dx());
            int n = dx.length() / p.batch();
            for (int i = 0; i < dx.length(); i++) {
                dx.set(i, dy.get(i / n) * (dropsTheFactor ? 1 : 1.0 / n));
            }
        }
    }

    /**
     * Softmax, dx = factor · y · (dy − y · dy). Its rows sum to one, so that dy = 1 gives dx = 0 whatever the factor.
     */
    public record Softmax(double factor, boolean overflows) implements Layer {

        public Softmax(double factor) {
            this(factor, false);
        }

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Span x = p.scratch().span(p.x());
            Span y = p.scratch().span(p.y());
            int n = x.length() / p.batch();
            for (int at = 0; at < x.length(); at += n) {
                double largest = overflows ? 0 : x.get(at);
                for (int j = 0; j < n && !overflows; j++) {
                    largest = Math.max(largest, x.get(at + j));
                }
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += Math.exp(x.get(at + j) - largest);
                }
                for (int j = 0; j < n; j++) {
                    y.set(at + j, Math.exp(x.get(at + j) - largest) / sum);
                }
            }
        }

        @Override
        public void backward(Pass p) {
            Span y = p.scratch().span(p.y());
            Span dy = p.scratch().span(p.dy());
            Span dx = p.scratch().span(p.dx());
            int n = y.length() / p.batch();
            for (int at = 0; at < y.length(); at += n) {
                double dot = 0;
                for (int j = 0; j < n; j++) {
                    dot += y.get(at + j) * dy.get(at + j);
                }
                for (int j = 0; j < n; j++) {
                    dx.set(at + j, factor * y.get(at + j) * (dy.get(at + j) - dot));
                }
            }
        }
    }

    /** An affine layer that counts its backward passes, and lets the count change a gradient. */
    public static final class Remembering implements Layer {
        private final Dense right = new Dense(5);
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Shape declare(Shape input, Declarations d) {
            return right.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            right.forward(p);
        }

        @Override
        public void backward(Pass p) {
            right.backward(p);
            if (calls.incrementAndGet() > 1) {
                Rows.addSum(p.scratch(), p.dy(), p.gradient("bias"));
            }
        }
    }

    /** An affine layer that keeps its latest input in a field, which is wrong if another forward pass came between. */
    static final class Caching implements Layer {
        private final Dense right = new Dense(5);
        private double[] x = {};

        @Override
        public Shape declare(Shape input, Declarations d) {
            return right.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            x = Vectors.toDoubles(p.x());
            right.forward(p);
        }

        @Override
        public void backward(Pass p) {
            double[] own = Vectors.toDoubles(p.x());
            if (x.length == own.length) {
                Vectors.set(p.x(), x);
            }
            right.backward(p);
            Vectors.set(p.x(), own);
        }
    }
}
