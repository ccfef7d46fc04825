package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;

/**
 * Exponential linear unit: the identity for positive numbers, and a smooth curve towards −α for negative numbers.
 *
 * <pre>
 * y = x where x > 0, else α (eˣ − 1)     dx = dy · (1 where x > 0, else α eˣ)
 * </pre>
 *
 * Any shape. Finite for every finite x; NaN stays NaN. At x = 0 the derivative is taken as α, as in PyTorch; α = 1 has
 * no kink there.
 *
 * <p>Derivation: docs/derivations/elu.md. Source: Clevert, Unterthiner and Hochreiter 2016.
 *
 * @param alpha α, at least 0
 */
public record Elu(double alpha) implements Layer {

    public Elu {
        if (!(alpha >= 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException(
                    "Elu has the alpha " + alpha + "\n  expected a finite number, at least 0");
        }
    }

    /** An ELU with α = 1, as in the paper, which has no kink. */
    public Elu() {
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
            // y = x where x > 0, else α (eˣ − 1)   =>   dx = dy · (1 where x > 0, else α eˣ)
            Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), this::gradient);
        }
    }

    private void value(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            // expm1 keeps the digits of a small x, which cancel in eˣ − 1
            y[i] = x[i] > 0 ? x[i] : alpha * Math.expm1(x[i]);
        }
    }

    private void gradient(double[] x, double[] dy, double[] dx, int n) {
        for (int i = 0; i < n; i++) {
            // α eˣ rather than y + α, which loses its digits where y is close to −α
            dx[i] = x[i] > 0 ? dy[i] : dy[i] * alpha * Math.exp(x[i]);
        }
    }

    @Override
    public String toString() {
        return "Elu(" + alpha + ")";
    }
}
