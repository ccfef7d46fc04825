package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;

/**
 * Log-softmax: the logarithm of a softmax over the last dimension, computed without the softmax.
 *
 * <pre>
 * x [batch, ..., classes]   y [batch, ..., classes]
 * y_i = x_i − log Σ_k e^(x_k)     dx_j = dy_j − e^(y_j) Σ_i dy_i
 * </pre>
 *
 * The input must have rank 1 per example or more; otherwise {@link io.jacobi.nn.ShapeException} at build. Finite for
 * |x| up to 8e307; a NaN makes its whole row NaN and no other row.
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
        LastDimension.map(p.scratch(), p.x(), p.y(), LogSoftmax::row);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            LastDimension.map(p.scratch(), p.y(), p.dy(), p.dx(), LogSoftmax::gradientOfRow);
        }
    }

    /** Replaces x by y. */
    private static void row(double[] x, int at, int classes) {
        double max = LastDimension.max(x, at, classes);
        double sum = 0;
        for (int c = at; c < at + classes; c++) {
            sum += Math.exp(x[c] - max);
        }
        // log Σ e^x = max + log Σ e^(x − max), where the sum is at least 1, because the largest term is 1
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
    public OutputKind outputKind() {
        return OutputKind.LOG_PROBABILITIES;
    }

    @Override
    public String toString() {
        return "LogSoftmax";
    }
}
