package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Softplus: a smooth ReLU, the integral of the sigmoid.
 *
 * <pre>
 * y = log(1 + e^(βx)) / β     dx = dy · σ(βx)
 * </pre>
 *
 * Any shape. Smooth and positive; finite for every finite x; NaN stays NaN. Unlike PyTorch's, it needs no threshold
 * above which it becomes the identity, because the form that is computed never overflows.
 *
 * <p>Derivation: docs/derivations/softplus.md. Source: Dugas et al. 2001.
 *
 * @param beta β, above 0; a larger β is closer to a ReLU
 */
public record Softplus(double beta) implements Layer {

    public Softplus {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException(
                    "Softplus has the beta " + beta + "\n  expected a finite number above 0");
        }
    }

    /** A softplus with β = 1. */
    public Softplus() {
        this(1);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), this::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = log(1 + e^(βx)) / β   =>   dx = dy · σ(βx)
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), this::gradient);
        }
    }

    private void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            // e^(βx) is taken out of the logarithm where x > 0, so the exponential is at most 1 and cannot overflow
            y[i] = Math.max(x[i], 0d) + Math.log1p(Math.exp(-Math.abs(beta * x[i]))) / beta;
        }
    }

    private void gradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = dy[i] / (1 + Math.exp(-beta * x[i]));
        }
    }

    @Override
    public String toString() {
        return beta == 1 ? "Softplus" : "Softplus(" + beta + ")";
    }
}
