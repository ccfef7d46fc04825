package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Sigmoid-weighted linear unit, also known as Swish.
 *
 * <pre>
 * y = x σ(x)     dx = dy · σ(x) (1 + x (1 − σ(x)))
 * </pre>
 *
 * Any shape. Smooth; finite for every finite x; NaN stays NaN.
 *
 * <p>Derivation: docs/derivations/silu.md. Source: Elfwing, Uchibe and Doya 2018; Hendrycks and Gimpel 2016.
 */
public record Silu() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), Silu::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = x σ(x)   =>   dx = dy · σ(x) (1 + x (1 − σ(x)))
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), Silu::gradient);
        }
    }

    private static void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            // for x far below 0, e⁻ˣ overflows to infinity, and the quotient is the right result, 0
            y[i] = x[i] / (1 + Math.exp(-x[i]));
        }
    }

    private static void gradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double s = 1 / (1 + Math.exp(-x[i]));
            dx[i] = dy[i] * s * (1 + x[i] * (1 - s));
        }
    }

    @Override
    public String toString() {
        return "Silu";
    }
}
