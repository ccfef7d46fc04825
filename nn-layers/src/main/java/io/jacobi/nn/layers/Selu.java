package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Scaled exponential linear unit: an ELU whose two constants keep activations at mean 0 and variance 1 from layer to
 * layer, if the weights are drawn by {@link io.jacobi.nn.init.Initializers#lecunNormal}.
 *
 * <pre>
 * y = λ x where x > 0, else λ α (eˣ − 1)     dx = dy · (λ where x > 0, else λ α eˣ)
 * </pre>
 *
 * Any shape. Finite for every finite x up to 1.7e308; NaN stays NaN. At the kink, x = 0, the derivative is taken as
 * λ α, as in PyTorch.
 *
 * <p>Derivation: docs/derivations/selu.md. Source: Klambauer, Unterthiner, Mayr and Hochreiter 2017.
 */
public record Selu() implements Layer {

    /**
     * λ for a fixed point at mean 0 and variance 1, from Klambauer et al. 2017. The derivation has λ and α in closed
     * form.
     */
    public static final double LAMBDA = 1.0507009873554805;

    /** The α that belongs to {@link #LAMBDA}. */
    public static final double ALPHA = 1.6732632423543772;

    @Override
    public Shape declare(Shape input, Declarations d) {
        return input;
    }

    @Override
    public void forward(Pass p) {
        Elementwise.map(p.scratch(), p.x(), p.y(), Selu::value);
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = λ x where x > 0, else λ α (eˣ − 1)   =>   dx = dy · (λ where x > 0, else λ α eˣ)
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), Selu::gradient);
        }
    }

    private static void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            // expm1 keeps the digits of a small x, which cancel in eˣ − 1
            y[i] = LAMBDA * (x[i] > 0 ? x[i] : ALPHA * Math.expm1(x[i]));
        }
    }

    private static void gradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = dy[i] * LAMBDA * (x[i] > 0 ? 1 : ALPHA * Math.exp(x[i]));
        }
    }

    @Override
    public String toString() {
        return "Selu";
    }
}
