package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;

/**
 * Softmax: turns scores into probabilities over the last dimension, positive numbers that sum to 1.
 *
 * <pre>
 * x [batch, ..., classes]   y [batch, ..., classes]
 * y_i = e^(x_i) / Σ_k e^(x_k)     dx_j = y_j (dy_j − Σ_i dy_i y_i)
 * </pre>
 *
 * The input must have rank 1 per example or more; otherwise {@link io.jacobi.nn.ShapeException} at build. Finite for
 * all finite x; a NaN makes its whole row NaN and no other row. For the output of a classifier, prefer logits and a
 * fused loss.
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
        LastDimension.map(p.scratch(), p.x(), p.y(), Softmax::row);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            LastDimension.map(p.scratch(), p.y(), p.dy(), p.dx(), Softmax::gradientOfRow);
        }
    }

    /** Replaces x by y. */
    private static void row(double[] x, int at, int classes) {
        double max = LastDimension.max(x, at, classes);
        double sum = 0;
        for (int c = at; c < at + classes; c++) {
            // x − max gives the same quotient, and its exponentials are at most 1
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
    public OutputKind outputKind() {
        return OutputKind.PROBABILITIES;
    }

    @Override
    public String toString() {
        return "Softmax";
    }
}
