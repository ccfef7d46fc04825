package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Hyperbolic tangent.
 *
 * <pre>
 * y = tanh x     dx = dy · (1 − y²)
 * </pre>
 *
 * Any shape. Finite for every finite x.
 *
 * <p>Derivation: docs/derivations/tanh.md. Source: LeCun et al. 1998, section 4.4.
 */
public record Tanh() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), Tanh::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = tanh x   =>   dx = dy · (1 − y²)
            Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), Tanh::gradient);
        }
    }

    private static void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.tanh(x[i]);
        }
    }

    private static void gradient(double[] y, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            // (1 − y)(1 + y) rather than 1 − y², which loses its digits where y is close to ±1
            dx[i] = dy[i] * (1 - y[i]) * (1 + y[i]);
        }
    }

    @Override
    public String toString() {
        return "Tanh";
    }
}
