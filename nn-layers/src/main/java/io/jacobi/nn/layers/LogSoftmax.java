package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Output;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;

/**
 * The logarithm of a softmax over the last dimension, computed without the softmax.
 *
 * <pre>
 * x [batch, ..., classes]   y [batch, ..., classes]
 * y_i = x_i − log Σ_k e^(x_k)     dx_j = dy_j − e^(y_j) Σ_i dy_i
 * </pre>
 *
 * The input must have rank 1 per example or more; otherwise {@link io.jacobi.nn.ShapeException} at build. Finite for all x up to
 * 8e307 in size; a NaN makes its whole row NaN, and no other.
 *
 * <p>Derivation: docs/derivations/log-softmax.md. Source: Blanchard, Higham and Higham 2021.
 */
public record LogSoftmax() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return LastDimension.require(input);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        Span from = s.span(p.x());
        Span to = s.span(p.y());
        int classes = LastDimension.of(p.x());
        int step = LastDimension.rowsAtOnce(classes) * classes;
        for (int i = 0; i < to.length(); i += step) {
            int n = Math.min(step, to.length() - i);
            double[] rows = s.load(0, from, i, n);
            for (int at = 0; at < n; at += classes) {
                row(rows, at, classes);
            }
            s.store(0, to, i, n);
        }
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            Scratch s = p.scratch();
            Span y = s.span(p.y());
            Span dy = s.span(p.dy());
            Span dx = s.span(p.dx());
            int classes = LastDimension.of(p.y());
            int step = LastDimension.rowsAtOnce(classes) * classes;
            for (int i = 0; i < dx.length(); i += step) {
                int n = Math.min(step, dx.length() - i);
                double[] logarithms = s.load(0, y, i, n);
                double[] gradients = s.load(1, dy, i, n);
                for (int at = 0; at < n; at += classes) {
                    gradientOfRow(logarithms, gradients, at, classes);
                }
                s.store(1, dx, i, n);
            }
        }
    }

    /** Replaces x by y. */
    private static void row(double[] x, int at, int classes) {
        double max = LastDimension.max(x, at, classes);
        double sum = 0;
        for (int c = at; c < at + classes; c++) {
            sum += Math.exp(x[c] - max);
        }
        // log Σ e^x = max + log Σ e^(x − max): the sum is at least 1, since the largest term is
        double log = Math.log(sum);
        for (int c = at; c < at + classes; c++) {
            x[c] = x[c] - max - log;
        }
    }

    /** Replaces dy by dx. */
    private static void gradientOfRow(double[] y, double[] dy, int at, int classes) {
        // y_i = x_i − log Σ_k e^(x_k)   =>   dx_j = dy_j − e^(y_j) Σ_i dy_i
        double sum = 0;
        for (int c = at; c < at + classes; c++) {
            sum += dy[c];
        }
        for (int c = at; c < at + classes; c++) {
            dy[c] -= Math.exp(y[c]) * sum;
        }
    }

    @Override
    public Output output() {
        return Output.LOG_PROBABILITIES;
    }

    @Override
    public String toString() {
        return "LogSoftmax";
    }
}
