package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Logistic sigmoid.
 *
 * <pre>
 * y = 1 / (1 + e⁻ˣ)     dx = dy · y (1 − y)
 * </pre>
 *
 * Any shape. Finite for every finite x. For the output of a classifier, prefer logits and a fused loss.
 *
 * <p>Derivation: docs/derivations/sigmoid.md. Source: Rumelhart, Hinton and Williams 1986.
 */
public record Sigmoid() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), Sigmoid::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = 1 / (1 + e⁻ˣ)   =>   dx = dy · y (1 − y)
            Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), Sigmoid::gradient);
        }
    }

    private static void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            // for large negative x, e⁻ˣ overflows to infinity, whose reciprocal is the right result, 0
            y[i] = 1 / (1 + Math.exp(-x[i]));
        }
    }

    private static void gradient(double[] y, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = dy[i] * y[i] * (1 - y[i]);
        }
    }

    @Override
    public OutputKind outputKind() {
        return OutputKind.PROBABILITIES;
    }

    @Override
    public String toString() {
        return "Sigmoid";
    }
}
