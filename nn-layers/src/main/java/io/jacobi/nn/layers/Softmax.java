package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Output;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;

/**
 * Probabilities from scores, over the last dimension: positive numbers that sum to one.
 *
 * <pre>
 * x [batch, ..., classes]   y [batch, ..., classes]
 * y_i = e^(x_i) / Σ_k e^(x_k)     dx_j = y_j (dy_j − Σ_i dy_i y_i)
 * </pre>
 *
 * The input must have rank 1 per example or more; otherwise {@link io.jacobi.nn.ShapeException} at build. Finite for all finite
 * x; a NaN makes its whole row NaN, and no other. As the output of a classifier, prefer logits and a fused loss.
 *
 * <p>Derivation: docs/derivations/softmax.md. Source: Bridle 1990; Goodfellow et al. 2016, section 6.2.2.3.
 */
public record Softmax() implements Layer {

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
                double[] probabilities = s.load(0, y, i, n);
                double[] gradients = s.load(1, dy, i, n);
                for (int at = 0; at < n; at += classes) {
                    gradientOfRow(probabilities, gradients, at, classes);
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
            // the same quotient for x − max, whose exponentials are at most 1
            x[c] = Math.exp(x[c] - max);
            sum += x[c];
        }
        for (int c = at; c < at + classes; c++) {
            x[c] /= sum;
        }
    }

    /** Replaces dy by dx. */
    private static void gradientOfRow(double[] y, double[] dy, int at, int classes) {
        // y_i = e^(x_i) / Σ_k e^(x_k)   =>   dx_j = y_j (dy_j − Σ_i dy_i y_i)
        double dot = 0;
        for (int c = at; c < at + classes; c++) {
            dot += dy[c] * y[c];
        }
        for (int c = at; c < at + classes; c++) {
            dy[c] = y[c] * (dy[c] - dot);
        }
    }

    @Override
    public Output output() {
        return Output.PROBABILITIES;
    }

    @Override
    public String toString() {
        return "Softmax";
    }
}
